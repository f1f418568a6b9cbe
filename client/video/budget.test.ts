import { expect, test } from 'vitest';
import { nextBudget } from './budget.ts';

test('a strained page gives up pictures at once, never the last few', () => {
  expect(nextBudget(16, 16, { lateMs: 400, calmS: 0 })).toBe(13);
  expect(nextBudget(5, 16, { lateMs: 400, calmS: 0 })).toBe(4);
  expect(nextBudget(2, 2, { lateMs: 400, calmS: 0 })).toBe(2);
});

test('a calm page takes one more each half minute, up to what it may have', () => {
  expect(nextBudget(10, 16, { lateMs: 10, calmS: 29 })).toBe(10);
  expect(nextBudget(10, 16, { lateMs: 10, calmS: 30 })).toBe(11);
  expect(nextBudget(16, 16, { lateMs: 10, calmS: 60 })).toBe(16);
});
