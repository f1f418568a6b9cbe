import { expect, test } from 'vitest';
import type { FeedHealth } from '../entry.ts';
import { feedsByTrouble } from './feeds.ts';

const feed = (id: string, state: FeedHealth['state']): FeedHealth => ({ id, name: id, state }) as FeedHealth;

test('a source in trouble stands first', () => {
  expect(feedsByTrouble([feed('a', 'off'), feed('b', 'live'), feed('c', 'down'), feed('d', 'stale')]).map((one) => one.id)).toEqual(['c', 'd', 'b', 'a']);
});
