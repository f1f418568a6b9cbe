import { expect, test } from 'vitest';
import { redUnits } from './model.ts';

const record = (unit: string, code: string, period: string, value: number | null, provenance = 'real') => ({ unit, provenance, values: { code, period, value } }) as never;
const rules = [{ code: 'K1', redBelow: 50 }, { code: 'K2', redAbove: 10 }];

test('the newest value decides, the unit with the most stands first', () => {
  const records = [record('a', 'K1', '2026-09', 10), record('a', 'K1', '2026-10', 90), record('b', 'K1', '2026-10', 49), record('b', 'K2', '2026-10', 11), record('c', 'K2', '2026-10', 99)];
  expect(redUnits(records, { rules })).toEqual([{ unit: 'b', codes: ['K1', 'K2'], isSimulated: false }, { unit: 'c', codes: ['K2'], isSimulated: false }]);
});

test('a demonstration says so beside the name of the unit', () => {
  expect(redUnits([record('b', 'K1', '2026-10', 49, 'simulated')], { rules })).toMatchObject([{ unit: 'b', isSimulated: true }]);
});

test('without a rule nothing is red, and a missing value is not red', () => {
  expect(redUnits([record('a', 'K1', '2026-10', 1)], {})).toEqual([]);
  expect(redUnits([record('a', 'K1', '2026-10', null)], { rules })).toEqual([]);
});
