import { expect, test } from 'vitest';
import type { RedStatusState } from '#contract/topics/redStatus.ts';
import { daysSince, redRows, redUnits } from './model.ts';

const status = (unit: string | null, code: string, level: string, redSince: number | null = 5, provenance: string | null = 'simulated') => ({ unit, subject: { topic: 'indicator', code, title: code }, level, redSince, since: 9, provenance }) as RedStatusState;

test('the unit with the most stands first, then the one that is RED the longest', () => {
  const rows = redRows([status('a', 'K1', 'red', 7, 'real'), status('b', 'K1', 'red', 8), status('b', 'K2', 'red', 3), status('c', 'K1', 'red', 2)], {});
  expect(redUnits(rows)).toEqual([{ unit: 'b', count: 2, since: 3, isSimulated: true }, { unit: 'c', count: 1, since: 2, isSimulated: true }, { unit: 'a', count: 1, since: 7, isSimulated: false }]);
});

test('only RED counts: not amber, not missing data, not what belongs to nobody', () => {
  expect(redRows([status('a', 'K1', 'amber'), status('a', 'K2', 'grey', 5, null), status(null, 'K3', 'red')], {})).toEqual([]);
});

test('a scene may name the indicators it shows, never a threshold', () => {
  const statuses = [status('a', 'K1', 'red'), status('a', 'K2', 'red')];
  expect(redRows(statuses, { codes: ['K2'] }).map(({ subject }) => subject.code)).toEqual(['K2']);
  expect(daysSince(0, 86_400_000)).toBe(1);
});
