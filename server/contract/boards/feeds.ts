import type { FeedHealth } from '../entry.ts';

const ORDER: readonly FeedHealth['state'][] = ['down', 'stale', 'waiting', 'live', 'off'];

/** Sources in trouble first; a wall has room for few. */
export function feedsByTrouble(feeds: readonly FeedHealth[]): FeedHealth[] {
  return feeds.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.name.localeCompare(b.name, 'vi'));
}
