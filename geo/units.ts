import type { Position } from './position.ts';

/** What an administrative unit is since July 2025: two levels, no districts. */
export type UnitKind = 'province' | 'ward' | 'commune' | 'specialZone';

/**
 * One administrative unit by its official code. `parent` is the province's code.
 * `formerUnits` are the units merged into it in July 2025; `search` is its folded name.
 * Units: square kilometres as declared, not as measured.
 */
export interface Unit {
  code: string;
  name: string;
  fullName: string;
  kind: UnitKind;
  parent?: string;
  formerUnits?: string[];
  position?: Position;
  areaKm2?: number;
  search: string;
}

/** A district or city of before July 2025 as a named group of today's units. */
export interface UnitGroup {
  id: string;
  name: string;
  province: string;
  units: string[];
}
