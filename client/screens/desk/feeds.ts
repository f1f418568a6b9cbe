import type { FeedHealth } from '#contract/entry.ts';

const TROUBLE: Readonly<Record<FeedHealth['state'], number>> = { down: 0, stale: 1, waiting: 2, live: 3, off: 4 };

/** Sources with those in trouble first, the longest silent of them on top. */
export const orderFeeds = (feeds: readonly FeedHealth[]): FeedHealth[] =>
  [...feeds].sort((a, b) => TROUBLE[a.state] - TROUBLE[b.state] || (a.lastAt ?? 0) - (b.lastAt ?? 0) || a.name.localeCompare(b.name, 'vi'));
