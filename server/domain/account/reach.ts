import type { Scope } from '../scope.ts';

/** Whether an administrator may touch an account, or give a grant, of these units (null = all): only one who reaches everything may reach beyond the own units. */
export function isWithinReach(scope: Scope, units: readonly string[] | null): boolean {
  if (scope.units === null) return true;
  return units !== null && units.length > 0 && units.every((code) => scope.units?.has(code) === true);
}

/** Whether a party reaches everything: keys, the clock and whatever else belongs to the centre as a whole are for such a one only. */
export const reachesAll = (scope: Scope): boolean => scope.units === null;
