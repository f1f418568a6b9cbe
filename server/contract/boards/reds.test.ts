import { expect, test } from 'vitest';
import type { CaseState } from '../topics/case.ts';
import type { RedStatusState } from '../topics/redStatus.ts';
import { daysSince, openCases, owedDates, redRows, redsByUnit } from './reds.ts';

const status = (unit: string | null, code: string, level: string, redSince: number | null = 5, provenance: string | null = 'simulated') => ({ id: `${unit}/${code}`, unit, subject: { topic: 'indicator', code, title: code }, level, redSince, since: 9, provenance }) as RedStatusState;

test('only RED counts: not amber, not missing data, not what belongs to nobody', () => {
  expect(redRows([status('a', 'K1', 'amber'), status('a', 'K2', 'grey', 5, null), status('a', 'K3', 'red', 5, null), status(null, 'K4', 'red')], undefined)).toEqual([]);
});

test('a scene may name the indicators it shows, never a threshold', () => {
  const statuses = [status('a', 'K1', 'red'), status('a', 'K2', 'red')];
  expect(redRows(statuses, ['K2']).map(({ subject }) => subject.code)).toEqual(['K2']);
});

test('the unit with the most stands first, then the one that is RED longest, then by its code; within it the oldest', () => {
  const rows = redRows([status('d', 'K1', 'red', 7), status('a', 'K1', 'red', 7), status('b', 'K1', 'red', 8), status('b', 'K2', 'red', null), status('c', 'K1', 'red', 2)], undefined);
  expect(redsByUnit(rows).map(({ unit, reds }) => [unit, ...reds.map(({ subject }) => subject.code)])).toEqual([['b', 'K1', 'K2'], ['c', 'K1'], ['a', 'K1'], ['d', 'K1']]);
});

test('a plan owes what is not kept, the next date first; a closed case owes nothing', () => {
  const milestone = (dueAt: number, keptAt: number | null) => ({ id: `m${dueAt}`, title: 't', dueAt, promisedAt: 0, keptAt, evidence: [] });
  const plan = { statusId: 'a/K1', state: 'accepted', milestones: [milestone(30, null), milestone(20, null), milestone(5, 4)] } as unknown as CaseState;
  expect(owedDates(plan)).toEqual([20, 30]);
  expect([...openCases([plan, { ...plan, statusId: 'a/K2', state: 'closed' }]).keys()]).toEqual(['a/K1']);
});

test('days are whole days', () => {
  expect([daysSince(0, 86_399_999), daysSince(0, 86_400_000), daysSince(5, 0)]).toEqual([0, 1, 0]);
});
