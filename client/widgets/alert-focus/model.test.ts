import { expect, test } from 'vitest';
import type { AlertState } from '#contract/topics/alert.ts';
import { focusOf } from './model.ts';

const alert = (id: string, level: 1 | 2 | 3 | 4, raisedAt: number, state: AlertState['state'] = 'raised'): AlertState => ({ id, level, raisedAt, state, duplicateOf: null }) as AlertState;

test('the most urgent open alert is followed, the longest waiting of two equals', () => {
  expect(focusOf([alert('a', 2, 1), alert('b', 1, 9), alert('c', 1, 5), alert('d', 1, 1, 'closed')], undefined)?.id).toBe('c');
  expect(focusOf([], undefined)).toBeUndefined();
});

test('a chosen alert is followed to its end, an unknown one is not replaced by another', () => {
  expect(focusOf([alert('a', 4, 1, 'closed')], 'a')?.id).toBe('a');
  expect(focusOf([alert('a', 4, 1)], 'x')).toBeUndefined();
});
