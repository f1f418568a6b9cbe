import { expect, test } from 'vitest';
import type { Share } from '#contract/share.ts';
import { chosenShare } from './model.ts';

const shares = [{ id: 'share-1' }, { id: 'share-2' }] as Share[];

test('a named share is shown while it lasts, no other takes its place', () => {
  expect(chosenShare(shares, { share: 'share-1' })?.id).toBe('share-1');
  expect(chosenShare(shares, { share: 'share-9' })).toBeUndefined();
  expect(chosenShare(shares, {})?.id).toBe('share-2');
  expect(chosenShare([], {})).toBeUndefined();
});
