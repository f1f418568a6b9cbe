import { expect, test } from 'vitest';
import type { Indicator } from './catalogue.ts';
import { countsOf, goalTree, progressOf } from './goals.ts';

const status = (level: 'red' | 'green' | 'grey', achievement: number | null, isLow = false) => ({ level, isLow, achievement });
const indicator = (code: string, goalCode: string) => ({ code, goalCode, service: 's', goal: { vi: goalCode, en: goalCode }, name: { vi: code, en: code } }) as Indicator;

test('progress is the mean of what was achieved, none above the whole, nothing without figures', () => {
  expect([progressOf([0.5, 1.5]), progressOf([null, -1]), progressOf([null])]).toEqual([0.75, 0, null]);
});

test('counts say how many units stand where', () => {
  expect(countsOf([status('red', 0.4, true), status('red', 0.6), status('grey', null)])).toEqual({ red: 2, amber: 0, green: 0, grey: 1, low: 1 });
});

test('goals hold their indicators, the least advanced first, and say who answers for them', () => {
  const tree = goalTree({
    indicators: [indicator('A', 'g1'), indicator('B', 'g1'), indicator('C', 'g2'), indicator('D', 'g3')],
    statuses: new Map([['A', [status('green', 1)]], ['B', [status('red', 0.5)]], ['C', [status('red', 0.2)]]]),
    targetsOf: () => [],
    chargeOf: (goal) => (goal === 'g2' ? { unit: 'SM-A', name: 'Sở mẫu A' } : undefined),
  });
  expect(tree.map(({ code, progress, unit, indicators }) => [code, progress, unit, indicators.map((one) => one.code)])).toEqual([
    ['g2', 0.2, 'SM-A', ['C']], ['g1', 0.75, null, ['A', 'B']], ['g3', null, null, ['D']],
  ]);
  expect(tree[1]!.counts).toMatchObject({ green: 1, red: 1 });
});
