import { expect, test } from 'vitest';
import { verdictOf } from './score.ts';

const run = { score: 60, outOf: 100, passAt: 70, isRehearsal: true, phase: 'ended', step: 5, steps: 6 } as const;

test('a course is judged once its last step was shown, and not before', () => {
  expect(verdictOf({ ...run, phase: 'running' })).toBe('under-way');
  expect(verdictOf(run)).toBe('failed');
  expect(verdictOf({ ...run, score: 70 })).toBe('passed');
  expect(verdictOf({ ...run, score: 100, step: 4 })).toBe('left');
});

test('what is not scored has no verdict', () => {
  expect(verdictOf({ ...run, score: null, outOf: null, passAt: null })).toBeNull();
  expect(verdictOf({ ...run, isRehearsal: false })).toBeNull();
});
