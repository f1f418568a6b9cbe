import type { Scope } from '../../domain/scope.ts';

/** A condition and what it needs. */
export interface Condition {
  sql: string;
  params: readonly unknown[];
}

/** The rows of `alias` that a scope sees: its unit or its ward is one of the scope's. `from` is the number of the first parameter. */
export function visibleTo(scope: Scope, alias: string, from: number): Condition {
  if (scope.units === null) return { sql: 'true', params: [] };
  return { sql: `(${alias}.unit = any($${from}) or ${alias}.ward = any($${from}))`, params: [[...scope.units]] };
}
