import type { Position } from '#contract/base.ts';
import { fold } from '../../../geo/fold.ts';

/** Something the search box can find and the map can fly to. */
export interface Finding {
  kind: 'alert' | 'camera' | 'place';
  id: string;
  name: string;
  detail: string;
  position: Position | null;
}

/** How well folded words answer a folded query; lower is better, null is not at all. */
export function rankOf(words: string, query: string): number | null {
  if (query === '') return null;
  if (words === query) return 0;
  if (words.startsWith(query)) return 1;
  if (` ${words}`.includes(` ${query}`)) return 2;
  return query.split(' ').every((word) => words.includes(word)) ? 3 : null;
}

/** The best few of a list by their names, typed with or without marks. */
export function findBest<Item>(items: readonly Item[], query: string, wordsOf: (item: Item) => string, most: number): Item[] {
  const asked = fold(query);
  return items
    .flatMap((item) => {
      const rank = rankOf(wordsOf(item), asked);
      return rank === null ? [] : [{ item, rank }];
    })
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ item }) => item);
}

/** Remembers the folded words of things that do not change, so that a list of thousands is folded once. */
export function createWordShelf<Item extends object>(textOf: (item: Item) => string): (item: Item) => string {
  const known = new WeakMap<Item, string>();
  return (item) => {
    let words = known.get(item);
    if (words === undefined) {
      words = fold(textOf(item));
      known.set(item, words);
    }
    return words;
  };
}
