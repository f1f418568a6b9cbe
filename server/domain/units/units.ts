import type { Subtree } from '../scope.ts';

/** A unit of the organisation: administrative, or an agency under one. */
export interface OrganisationUnit {
  code: string;
  name: string;
  fullName: string;
  kind: 'province' | 'ward' | 'commune' | 'specialZone' | 'agency';
  parent?: string | undefined;
  position?: [number, number] | undefined;
  /** Communes and wards merged into it in July 2025, as the decree writes them. */
  formerUnits?: readonly string[] | undefined;
  /** Folded name, as `geo/fold` makes it. */
  search: string;
}

/** The units in force, by code. */
export interface Units {
  has(code: string): boolean;
  get(code: string): OrganisationUnit | undefined;
  all(): readonly OrganisationUnit[];
  /** Everything below a unit, at any depth. */
  subtree: Subtree;
}

/** Builds the catalogue. Fails: throws when a code appears twice or a parent is its own descendant. */
export function createUnits(list: readonly OrganisationUnit[]): Units {
  const byCode = new Map<string, OrganisationUnit>();
  const children = new Map<string, string[]>();
  for (const unit of list) {
    if (byCode.has(unit.code)) throw new Error(`unit ${unit.code} appears twice`);
    byCode.set(unit.code, unit);
    if (unit.parent !== undefined) children.set(unit.parent, [...(children.get(unit.parent) ?? []), unit.code]);
  }
  const below = (code: string, path: readonly string[]): string[] => {
    if (path.includes(code)) throw new Error(`unit ${code} is below itself`);
    return (children.get(code) ?? []).flatMap((child) => [child, ...below(child, [...path, code])]);
  };
  const subtrees = new Map<string, readonly string[]>();
  for (const code of children.keys()) subtrees.set(code, below(code, []));
  return {
    has: (code) => byCode.has(code),
    get: (code) => byCode.get(code),
    all: () => list,
    subtree: (code) => subtrees.get(code) ?? [],
  };
}
