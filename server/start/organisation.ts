import { readFileSync } from 'node:fs';
import { foldName } from '../../geo/fold.ts';
import type { Unit } from '../../geo/units.ts';
import type { OrganisationUnit } from '../domain/units/units.ts';

/** Province whose organisation the sample agencies belong to: thành phố Đà Nẵng. */
const SAMPLE_PROVINCE = '48';

interface Agency {
  code: string;
  name: string;
}

function readAgencies(file: URL): Agency[] {
  return (JSON.parse(readFileSync(file, 'utf8')) as { agencies: Agency[] }).agencies;
}

/** The organisation as it stands: administrative units of the map, and with the sample city its fictitious agencies. */
export function readOrganisation(units: readonly Unit[], hasSample: boolean): OrganisationUnit[] {
  const administrative = units.map(({ code, name, fullName, kind, parent, position, formerUnits, search }) => ({ code, name, fullName, kind, parent, position, formerUnits, search }));
  if (!hasSample) return administrative;
  const agencies = readAgencies(new URL('./sampleAgencies.json', import.meta.url));
  return [...administrative, ...agencies.map(({ code, name }) => ({ code, name, fullName: name, kind: 'agency' as const, parent: SAMPLE_PROVINCE, search: foldName(name) }))];
}
