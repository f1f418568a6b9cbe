import { expect, test } from 'vitest';
import type { FeedHealth } from '#contract/entry.ts';
import { FEED_SHAPES, feedsByTrouble } from './model.ts';

const feed = (id: string, state: FeedHealth['state']): FeedHealth => ({ id, name: id, state }) as FeedHealth;

test('a source in trouble stands first', () => {
  expect(feedsByTrouble([feed('a', 'off'), feed('b', 'live'), feed('c', 'down'), feed('d', 'stale')]).map((one) => one.id)).toEqual(['c', 'd', 'b', 'a']);
});

test('no two states share a shape', () => {
  expect(new Set(Object.values(FEED_SHAPES)).size).toBe(5);
});
