import { fold, foldName } from './fold.ts';
import type { Position } from './position.ts';

/** Something that can be looked for. `aliases` are other names it is known by, such as units merged into it. */
export interface SearchEntry {
  id: string;
  kind: 'province' | 'ward' | 'commune' | 'specialZone' | 'group' | 'street' | 'place' | 'junction' | 'camera';
  name: string;
  aliases?: readonly string[];
  position?: Position;
  unit?: string;
}

/** How well a name answers a query; lower is better. */
export type MatchRank = 0 | 1 | 2 | 3;

/** One answer. `alias` is the other name that matched, when it was not the name itself. */
export interface SearchHit {
  entry: SearchEntry;
  rank: MatchRank;
  alias?: string;
}

/** Answers what a person types, with or without marks. */
export interface SearchIndex {
  /** Best answers first: exact, then prefix, then prefix of a word, then anywhere; own names before former ones. */
  search(query: string, limit?: number): SearchHit[];
}

interface Key {
  entry: SearchEntry;
  text: string;
  whole: string;
  alias?: string;
  order: number;
}

const KIND_ORDER: Readonly<Record<SearchEntry['kind'], number>> = { province: 0, ward: 1, commune: 1, specialZone: 1, group: 2, street: 3, junction: 4, place: 5, camera: 6 };

/** Folds every name once; a query then costs one pass. */
export function createSearchIndex(entries: readonly SearchEntry[]): SearchIndex {
  const keys: Key[] = entries.flatMap((entry, order) => [
    { entry, text: foldName(entry.name), whole: fold(entry.name), order },
    ...(entry.aliases ?? []).map((alias) => ({ entry, text: foldName(alias), whole: fold(alias), alias, order })),
  ]);

  const search = (query: string, limit = 10): SearchHit[] => {
    const whole = fold(query);
    const text = foldName(query);
    if (!whole) return [];
    const best = new Map<SearchEntry, { key: Key; rank: MatchRank }>();
    for (const key of keys) {
      const rank = rankOf(key, whole, text);
      if (rank === undefined) continue;
      const known = best.get(key.entry);
      if (!known || rank < known.rank || (rank === known.rank && known.key.alias && !key.alias)) best.set(key.entry, { key, rank });
    }
    return [...best.values()]
      .sort((a, b) => a.rank - b.rank || Number(Boolean(a.key.alias)) - Number(Boolean(b.key.alias)) || KIND_ORDER[a.key.entry.kind] - KIND_ORDER[b.key.entry.kind] || a.key.text.length - b.key.text.length || a.key.order - b.key.order)
      .slice(0, limit)
      .map(({ key, rank }) => ({ entry: key.entry, rank, ...(key.alias ? { alias: key.alias } : {}) }));
  };
  return { search };
}

function rankOf({ text, whole }: Key, queryWhole: string, queryText: string): MatchRank | undefined {
  if (whole === queryWhole || text === queryWhole || text === queryText) return 0;
  if (whole.startsWith(queryWhole) || text.startsWith(queryWhole)) return 1;
  if (` ${whole}`.includes(` ${queryWhole}`)) return 2;
  return whole.includes(queryWhole) ? 3 : undefined;
}
