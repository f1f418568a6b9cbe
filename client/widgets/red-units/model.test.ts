import { expect, test } from 'vitest';
import { redRows } from '#contract/boards/reds.ts';
import type { CaseState } from '#contract/topics/case.ts';
import type { RedStatusState } from '#contract/topics/redStatus.ts';
import { redUnits } from './model.ts';

const status = (unit: string | null, code: string, level: string, redSince: number | null = 5, provenance: string | null = 'simulated') => ({ id: `${unit}/${code}`, unit, subject: { topic: 'indicator', code, title: code }, level, redSince, since: 9, provenance }) as RedStatusState;

const milestone = (dueAt: number, keptAt: number | null = null) => ({ id: `m${dueAt}`, title: 't', dueAt, promisedAt: 0, keptAt, evidence: [] });
const caseOf = (statusId: string, milestones: readonly object[], more: object = {}) => ({ id: `rc-${statusId}`, statusId, state: 'accepted', milestones, responsible: { position: 'Trưởng phòng', name: 'tên' }, ...more }) as unknown as CaseState;

test('the unit with the most stands first, then the one that is RED the longest', () => {
  const rows = redRows([status('a', 'K1', 'red', 7, 'real'), status('b', 'K1', 'red', 8), status('b', 'K2', 'red', 3), status('c', 'K1', 'red', 2)], undefined);
  expect(redUnits(rows, [], 10).map(({ unit, count, since, title, isSimulated }) => [unit, count, since, title, isSimulated])).toEqual([['b', 2, 3, 'K2', true], ['c', 1, 2, 'K1', true], ['a', 1, 7, 'K1', false]]);
});

test('a line says the next promise of the oldest red and who answers, or what is broken or missing', () => {
  const rows = redRows([status('a', 'K1', 'red', 3), status('a', 'K2', 'red', 5)], undefined);
  const told = (...cases: CaseState[]) => redUnits(rows, cases, 10)[0];
  expect(told(caseOf('a/K1', [milestone(30), milestone(20), milestone(5, 4)]))).toMatchObject({ said: { word: 'promised', at: 20 }, position: 'Trưởng phòng' });
  expect(told(caseOf('a/K1', [milestone(30)]), caseOf('a/K2', [milestone(10)]))).toMatchObject({ said: { word: 'broken', count: 1 } });
  expect(told(caseOf('a/K1', [], { responsible: null }))).toMatchObject({ said: { word: 'no-plan' }, position: null });
  expect(told(caseOf('a/K1', [milestone(30)], { state: 'closed' }))).toMatchObject({ said: { word: 'no-case' } });
  expect(redUnits(rows, null, 10)[0]).toMatchObject({ said: null, position: null });
});

test('the case of the oldest red says why, what is done and by when', () => {
  const rows = redRows([status('a', 'K1', 'red', 3), status('a', 'K2', 'red', 5)], undefined);
  const plan = { cause: 'Chậm mặt bằng', solution: 'Giao ban hằng tuần' };
  expect(redUnits(rows, [caseOf('a/K2', [], { cause: 'khác' }), caseOf('a/K1', [milestone(30)], plan)], 10)[0]!.plan).toMatchObject({ ...plan, milestones: [{ dueAt: 30 }] });
  expect(redUnits(rows, [], 10)[0]!.plan).toBeNull();
});
