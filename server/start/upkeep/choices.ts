import type { SetupState } from '#contract/centre.ts';
import type { WallProfile } from '#contract/wall.ts';
import type { OrganisationUnit } from '../../domain/units/units.ts';

/** Provinces of the shipped table with how many units each has, and walls by how many screens they count across and down. */
export function setupChoices(units: readonly OrganisationUnit[], profiles: readonly WallProfile[]): Pick<SetupState, 'provinces' | 'walls'> {
  const below = new Map<string, number>();
  for (const { parent } of units) if (parent !== undefined) below.set(parent, (below.get(parent) ?? 0) + 1);
  return {
    provinces: units.filter(({ kind }) => kind === 'province').map(({ code, fullName }) => ({ code, name: fullName, units: below.get(code) ?? 0 })),
    walls: profiles.map(({ id, name, outputs }) => ({ id, name: name.vi, columns: new Set(outputs.map(({ rect }) => rect.x)).size, rows: new Set(outputs.map(({ rect }) => rect.y)).size })),
  };
}
