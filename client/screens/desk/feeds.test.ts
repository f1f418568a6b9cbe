import { expect, test } from 'vitest';
import type { FeedHealth } from '#contract/entry.ts';
import { orderFeeds } from './feeds.ts';

const feed = (id: string, state: FeedHealth['state'], lastAt: number | null): FeedHealth => ({ id, name: id, state, lastAt, ageMs: null, accepted: 0, rejected: 0 });

test('sources in trouble come first, the longest silent on top', () => {
  const feeds = [feed('live', 'live', 9), feed('off', 'off', 1), feed('stale-new', 'stale', 5), feed('stale-old', 'stale', 2), feed('down', 'down', null)];
  expect(orderFeeds(feeds).map(({ id }) => id)).toEqual(['down', 'stale-old', 'stale-new', 'live', 'off']);
});
