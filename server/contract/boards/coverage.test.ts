import { expect, test } from 'vitest';
import type { RedStatusState } from '#contract/topics/redStatus.ts';
import { coverageOf, USUAL } from './coverage.ts';

const told = (code: string, unit: string, ...values: number[]) =>
  ({ subject: { topic: 'indicator', code, title: code }, unit, provenance: 'simulated', value: values.at(-1) ?? null, trend: values.map((value, month) => ({ period: `2026-0${month + 1}`, value, level: 'grey' })) }) as RedStatusState;

test('watched machines stand against all there are, unit by unit, with what was added', () => {
  const { kinds, units } = coverageOf([told('ATTT-01', 'SM-A', 40, 40), told('ATTT-02', 'SM-A', 30, 38), told('ATTT-01', 'SM-B', 10, 10), told('ATTT-02', 'SM-B', 4, 5), told('ATTT-03', 'SM-A', 200), told('ATTT-04', 'SM-A', 150)], USUAL);
  expect(kinds.map(({ label, covered }) => [label, covered?.watched, covered?.all, covered?.share, covered?.grown, covered?.since])).toEqual([
    ['Máy chủ', 43, 50, 0.86, 9, '2026-01'],
    ['Máy trạm', 150, 200, 0.75, null, null],
  ]);
  expect(units.map(({ unit, covered }) => [unit, covered.map((one) => one?.share ?? null)])).toEqual([['SM-B', [0.5, null]], ['SM-A', [0.95, 0.75]]]);
});

test('one side of a pair is not guessed at', () => {
  expect(coverageOf([told('ATTT-02', 'SM-A', 30)], USUAL)).toEqual({ kinds: [{ label: 'Máy chủ', covered: null }, { label: 'Máy trạm', covered: null }], units: [] });
  expect(coverageOf([told('ATTT-01', 'SM-A', 0), told('ATTT-02', 'SM-A', 0)], USUAL).kinds[0]!.covered?.share).toBe(0);
});
