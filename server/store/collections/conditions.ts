import type { Scope } from '../../domain/scope.ts';
import { visibleTo } from '../log/scopeFilter.ts';

/** A WHERE clause that grows. It begins with what its scope may see, so that no query exists without one. */
export interface Conditions {
  /** Adds a condition; each `?` stands for the next value. */
  add(sql: string, ...values: unknown[]): void;
  /** Number of the next parameter, for clauses after WHERE. */
  bind(value: unknown): string;
  where(): string;
  params(): unknown[];
}

/** Begins a WHERE clause over the rows of `alias`. */
export function createConditions(scope: Scope, alias: string): Conditions {
  const params: unknown[] = [];
  const parts: string[] = [];
  const bind = (value: unknown) => `$${params.push(value)}`;
  const seen = visibleTo(scope, alias, 1);
  params.push(...seen.params);
  parts.push(seen.sql);
  return {
    bind,
    add(sql, ...values) {
      const rest = [...values];
      parts.push(sql.replaceAll('?', () => bind(rest.shift())));
    },
    where: () => parts.map((part) => `(${part})`).join(' and '),
    params: () => params,
  };
}
