import { expect, test } from 'vitest';
import type { AlertState } from '#contract/topics/alert.ts';
import { LINE_MS, lineAt, linesOf } from './model.ts';

const alert = (level: number, title: string, state = 'raised') => ({ level, title, state, raisedAt: 1, duplicateOf: null }) as AlertState;

test('own lines come first, then urgent open alerts', () => {
  expect(linesOf([alert(2, 'b'), alert(1, 'a'), alert(3, 'c'), alert(1, 'd', 'closed')], { lines: ['x'] })).toEqual(['x', 'P1 · a', 'P2 · b']);
  expect(linesOf([alert(1, 'a')], { alerts: false })).toEqual([]);
});

test('the line is a function of time', () => {
  expect([0, LINE_MS - 1, LINE_MS, 2 * LINE_MS].map((at) => lineAt(['a', 'b'], at))).toEqual([0, 0, 1, 0]);
  expect(lineAt([], 5)).toBe(0);
});
