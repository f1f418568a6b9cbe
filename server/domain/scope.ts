import type { Principal } from '#contract/roles.ts';
import type { DataClass } from '#contract/security.ts';
import { defaultDataClass } from './account/dataClass.ts';

declare const scopeBrand: unique symbol;

/** What a party may see. Only `scopeOf` and `wholeScope` make one, and no query runs without one. */
export interface Scope {
  readonly [scopeBrand]: true;
  /** Codes of the units it may see, with their subtrees; null = all. */
  readonly units: ReadonlySet<string> | null;
  readonly principal: Principal;
  /** How far into the data it reaches. */
  readonly dataClass: DataClass;
}

/** Codes of a unit and everything below it. */
export type Subtree = (code: string) => readonly string[];

/** The scope of a party: the subtrees of its units. */
export function scopeOf(principal: Principal, subtree: Subtree): Scope {
  const units = principal.units === null ? null : new Set(principal.units.flatMap((code) => [code, ...subtree(code)]));
  return { units, principal, dataClass: principal.dataClass ?? defaultDataClass(principal) } as unknown as Scope;
}

/** True when something that belongs to `unit` or lies in `ward` is visible. Things of nobody are visible to whole scopes only. */
export function sees(scope: Scope, unit: string | null, ward: string | null): boolean {
  if (scope.units === null) return true;
  return (unit !== null && scope.units.has(unit)) || (ward !== null && scope.units.has(ward));
}

/** The product itself: sees everything. */
export function wholeScope(name: string): Scope {
  return scopeOf({ kind: 'system', id: `system-${name}`, name, roles: [], units: null }, () => []);
}
