import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Page } from '#contract/http.ts';
import { fold } from '../../../geo/fold.ts';
import { isInBox } from '../../../geo/position.ts';
import type { ListQuery } from '../../domain/ports/collections.ts';
import type { Scope, Subtree } from '../../domain/scope.ts';

/** A collection that is kept in memory; items stand in the order of their keys. */
export interface MemoryList<Item> {
  items(scope: Scope): readonly Item[];
  keyOf(item: Item): string;
  words(item: Item): string;
  position?: (item: Item) => readonly number[] | null | undefined;
  unit?: (item: Item) => string | null;
  kind?: (item: Item) => string;
}

/** A memory collection, ready to be asked. */
export interface OpenMemoryList {
  /** One page, by key. The cursor is the key of the last item shown. */
  page(query: ListQuery, scope: Scope): Outcome<Page>;
  get(key: string, scope: Scope): Outcome<unknown>;
}

export function openMemoryList<Item>(list: MemoryList<Item>, subtree: Subtree): OpenMemoryList {
  const matcher = (query: ListQuery) => {
    const words = query.q === undefined ? '' : fold(query.q);
    const codes = query.unit === undefined ? undefined : new Set([query.unit, ...subtree(query.unit)]);
    return (item: Item) => {
      if (query.cursor !== undefined && list.keyOf(item) <= query.cursor) return false;
      if (query.kind !== undefined && list.kind?.(item) !== query.kind) return false;
      if (codes && !codes.has(list.unit?.(item) ?? '')) return false;
      if (query.bbox && !isInBox(query.bbox, list.position?.(item) ?? [])) return false;
      return words === '' || fold(list.words(item)).includes(words);
    };
  };
  return {
    page(query, scope) {
      const sorted = list.items(scope).filter(matcher(query)).sort((a, b) => (list.keyOf(a) < list.keyOf(b) ? -1 : 1));
      const shown = sorted.slice(0, query.limit);
      return okay({ items: shown, next: sorted.length > query.limit ? list.keyOf(shown.at(-1)!) : null });
    },
    get(key, scope) {
      const item = list.items(scope).find((candidate) => list.keyOf(candidate) === key);
      return item === undefined ? refused('NOT_FOUND') : okay(item);
    },
  };
}
