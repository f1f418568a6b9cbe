import { expect, test } from 'vitest';
import { FEED_SHAPES } from './model.ts';

test('no two states share a shape', () => {
  expect(new Set(Object.values(FEED_SHAPES)).size).toBe(5);
});
