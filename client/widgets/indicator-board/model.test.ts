import { expect, test } from 'vitest';
import { rowsOf, type IndicatorRecord } from './model.ts';

const record = (code: string, unit: string, period: string, value: number | null): IndicatorRecord => ({ unit, values: { code, period, value } }) as IndicatorRecord;
const records = [record('K1', 'a', '2026-09', 10), record('K1', 'b', '2026-09', 20), record('K1', 'a', '2026-10', 30), record('K1', 'b', '2026-10', 40), record('K1', 'a', '2026-11', null)];

test('the newest period with a value is shown with its change', () => {
  expect(rowsOf(records, {})).toMatchObject([{ code: 'K1', period: '2026-10', value: 35, change: 20, course: [15, 35] }]);
});

test('a row may add its units up, or follow one unit', () => {
  expect(rowsOf(records, { rows: [{ code: 'K1', sum: true, label: 'Thu' }] })).toMatchObject([{ label: 'Thu', value: 70 }]);
  expect(rowsOf(records, { unit: 'a' })).toMatchObject([{ value: 30 }]);
});

test('an indicator nobody sent has no value, not zero', () => {
  expect(rowsOf(records, { rows: [{ code: 'K9' }] })).toMatchObject([{ code: 'K9', value: null, change: null, course: [] }]);
});
