import { fold, foldName } from '../../../geo/fold.ts';
import type { OrganisationUnit } from './units.ts';

/** What a code or a name written by a person stands for. */
export type NamedUnit =
  | { how: 'code' | 'name' | 'former'; unit: OrganisationUnit }
  | { how: 'several' | 'split'; candidates: readonly OrganisationUnit[] }
  | { how: 'unknown' };

/** Finds units by what people write. */
export interface UnitNames {
  /** `near`: codes that win when a name is borne by several, as an officer means a neighbour. */
  find(written: string, near?: ReadonlySet<string> | null): NamedUnit;
}

/** A former unit that lies in several of today's is marked so by the decree. */
const PART = /phần còn lại|một phần/i;
const FORMER_NAME = /^(?:Xã|Phường|Thị trấn|Đặc khu) /u;

/**
 * Builds the index: official code, present name with or without its kind, then the names of the communes and wards merged in
 * 2025. A name borne by several is told as such, never guessed.
 */
export function createUnitNames(units: readonly OrganisationUnit[]): UnitNames {
  const byCode = new Map(units.map((unit) => [unit.code.toLowerCase(), unit]));
  const [byFull, byShort, byFormer]: Map<string, OrganisationUnit[]>[] = [new Map(), new Map(), new Map()];
  const put = (map: Map<string, OrganisationUnit[]>, key: string, unit: OrganisationUnit) => {
    const list = map.get(key);
    if (!list) map.set(key, [unit]);
    else if (!list.includes(unit)) list.push(unit);
  };
  for (const unit of units) {
    put(byFull!, fold(unit.fullName), unit);
    put(byShort!, unit.search, unit);
    for (const former of unit.formerUnits ?? []) if (FORMER_NAME.test(former) || PART.test(former)) put(byFormer!, fold(former.replace(/\s*\(.*$/, '')), unit);
  }
  const choose = (found: readonly OrganisationUnit[], near: ReadonlySet<string> | null): readonly OrganisationUnit[] => {
    const close = found.filter(({ code }) => near?.has(code));
    return close.length > 0 ? close : found;
  };
  return {
    find(written, near = null) {
      const exact = byCode.get(written.trim().toLowerCase());
      if (exact) return { how: 'code', unit: exact };
      for (const [map, key, how] of [[byFull!, fold(written), 'name'], [byShort!, foldName(written), 'name'], [byFormer!, fold(written), 'former']] as const) {
        const found = choose(map.get(key) ?? [], near);
        if (found.length === 1) return { how, unit: found[0]! };
        if (found.length > 1) return { how: how === 'former' && found.every(({ parent }) => parent === found[0]!.parent) ? 'split' : 'several', candidates: found };
      }
      return { how: 'unknown' };
    },
  };
}
