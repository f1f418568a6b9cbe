import type { FeedHealth } from '#contract/entry.ts';

/** A shape for every state, so that colour is not needed. */
export const FEED_SHAPES: Readonly<Record<FeedHealth['state'], string>> = { live: '●', stale: '◐', down: '✕', waiting: '○', off: '–' };

const ORDER: readonly FeedHealth['state'][] = ['down', 'stale', 'waiting', 'live', 'off'];

/** Sources in trouble first; a wall has room for few. */
export function feedsByTrouble(feeds: readonly FeedHealth[]): FeedHealth[] {
  return [...feeds].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.name.localeCompare(b.name, 'vi'));
}
