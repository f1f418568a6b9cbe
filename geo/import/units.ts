import { fold, foldName, sameTone } from '../fold.ts';
import type { Position } from '../position.ts';
import type { Unit, UnitGroup, UnitKind } from '../units.ts';
import groups from './formerGroups.json' with { type: 'json' };

/** A row of the official table as published. */
export interface OfficialUnit {
  ma: string;
  ten: string;
  magoc: string;
  truocsapnhap: string;
}

/** What the geometry knows of a unit beyond the official table. */
export interface DrawnUnit {
  code: string;
  labelLon: number;
  labelLat: number;
  areaKm2: number;
}

const KINDS: readonly (readonly [prefix: string, kind: UnitKind])[] = [
  ['Đặc khu ', 'specialZone'],
  ['Phường ', 'ward'],
  ['Xã ', 'commune'],
];
const RANGES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = groups;

/** The official table in the product's words, joined with drawn positions by code, sorted by code. */
export function buildUnits(rows: readonly OfficialUnit[], drawn: readonly DrawnUnit[]): Unit[] {
  const places = new Map(drawn.map((unit) => [unit.code, unit]));
  return rows
    .map((row) => {
      const fullName = officialName(row.ten);
      const [prefix, kind] = KINDS.find(([start]) => fullName.startsWith(start)) ?? [fullName.startsWith('Thành phố ') ? 'Thành phố ' : 'Tỉnh ', 'province' as const];
      const place = places.get(row.ma);
      const name = fullName.slice(prefix.length);
      const unit: Unit = { code: row.ma, name, fullName, kind, search: foldName(fullName) };
      if (kind !== 'province') Object.assign(unit, { parent: row.magoc, formerUnits: formerUnits(row.truocsapnhap) });
      if (place) Object.assign(unit, { position: [place.labelLon, place.labelLat] satisfies Position, areaKm2: place.areaKm2 });
      return unit;
    })
    .sort((a, b) => (a.code.length - b.code.length) || (a.code < b.code ? -1 : 1));
}

/** Districts and cities of before July 2025 as groups of today's units; codes run district by district, so ranges are enough. */
export function buildGroups(units: readonly Unit[]): UnitGroup[] {
  return Object.entries(RANGES).flatMap(([province, districts]) =>
    Object.entries(districts).map(([name, ranges]) => ({
      id: `${province}-${fold(name).replaceAll(' ', '-')}`,
      name,
      province,
      units: units.filter((unit) => unit.parent === province && ranges.some((range) => isInRange(unit.code, range))).map(({ code }) => code),
    })),
  );
}

function isInRange(code: string, range: string): boolean {
  const [first = '', last = first] = range.split('-');
  return code >= first && code <= last;
}

/** The published names with their slips put right: capital letters inside a kind, a small L typed for a capital I. */
function officialName(published: string): string {
  return sameTone(published.replace(/\s+/gu, ' ').trim())
    .replace(/^Thủ Đô /, 'Thành phố ')
    .replace(/^Thành Phố /, 'Thành phố ')
    .replace(/^(Xã|Phường) la /, '$1 Ia ');
}

function formerUnits(list: string): string[] {
  if (!list || list === 'giữ nguyên') return [];
  const names: string[] = [];
  let depth = 0;
  let name = '';
  for (const letter of `${list},`) {
    if (letter === '(') depth++;
    if (letter === ')') depth--;
    if (letter !== ',' || depth > 0) name += letter;
    else if (names.push(sameTone(name.trim()))) name = '';
  }
  return names.filter(Boolean);
}
