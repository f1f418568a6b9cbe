import { expect, test } from 'vitest';
import type { RedLevel, RedStatusState } from '#contract/topics/redStatus.ts';
import { rowsOf, shownStatuses } from './model.ts';

const status = (code: string, unit: string, values: readonly (number | null)[], level: RedLevel, more: Partial<RedStatusState> = {}): RedStatusState =>
  ({
    id: `${code}-${unit}`, unit, subject: { topic: 'indicator', code, title: `Tên ${code}` }, level, isLow: false, target: 50, provenance: 'real',
    trend: values.map((value, month) => ({ period: `2026-0${month + 7}`, value, level })), ...more,
  }) as RedStatusState;
const statuses = [status('K1', 'a', [10, 30], 'green'), status('K1', 'b', [20, 40], 'red'), status('K2', 'a', [5, null], 'amber', { isLow: true }), status('K3', 'a', [], 'grey', { provenance: null }), status('as-1', 'a', [], 'red', { subject: { topic: 'assignment', code: 'as-1', title: 'Việc' } })];

test('an indicator is shown with its course, its change and the worst judgement of its units', () => {
  expect(rowsOf(shownStatuses(statuses, {}), {})).toMatchObject([
    { code: 'K1', label: 'Tên K1', period: '2026-08', value: 35, change: 20, course: [15, 35], target: 50, level: 'red', redUnits: 1, units: 2 },
    { code: 'K2', value: 5, change: null, level: 'amber', redUnits: 0 },
  ]);
});

test('a row may add its units up, or follow one unit', () => {
  const settings = { rows: [{ code: 'K1', sum: true, label: 'Thu' }] };
  expect(rowsOf(shownStatuses(statuses, settings), settings)).toMatchObject([{ label: 'Thu', value: 70, target: 100 }]);
  expect(rowsOf(shownStatuses(statuses, { unit: 'a' }), { unit: 'a' })).toMatchObject([{ code: 'K2' }, { code: 'K1', value: 30, level: 'green' }]);
});

test('a board may be the list of what is RED, or of low achievement', () => {
  expect(shownStatuses(statuses, { list: 'red' }).map(({ id }) => id)).toEqual(['K1-b']);
  expect(shownStatuses(statuses, { list: 'low' }).map(({ id }) => id)).toEqual(['K2-a']);
});

test('an indicator nobody sent has no value, not zero', () => {
  expect(rowsOf([], { rows: [{ code: 'K9' }] })).toMatchObject([{ code: 'K9', label: 'K9', value: null, change: null, course: [], level: 'grey' }]);
});
