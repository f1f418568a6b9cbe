import { expect, test } from 'vitest';
import type { ProcedureRun, RunStep } from '#contract/procedure.ts';
import { runAt } from './runAt.ts';

const START = Date.UTC(2026, 9, 1, 7, 30);
const step = (id: string, state: RunStep['state'], seconds: number | null): RunStep => ({ id, title: id, role: 'Trực ban', withinMinutes: 5, state, dueAt: START + 300_000, at: seconds === null ? null : START + seconds * 1000, by: seconds === null ? null : 'Trực ban', note: seconds === null ? null : 'xong', answer: null, media: [] });
const run: ProcedureRun = {
  id: 'pr-1', alert: 'al-1', code: 'tai-nan', version: 1, title: 'Tai nạn', startedAt: START, startedBy: 'Trực ban', endedAt: START + 90_000,
  steps: [step('a', 'done', 20), step('b', 'passed', null), step('c', 'done', 60), step('d', 'skipped', 90)],
};
const statesAt = (seconds: number) => runAt(run, START + seconds * 1000)?.steps.map(({ state, note }) => [state, note]);

test('before it was started there is none', () => {
  expect(runAt(run, START - 1000)).toBeUndefined();
});

test('a step is open until the second it was done in, and what was written comes with it', () => {
  expect(statesAt(0)).toEqual([['open', null], ['waiting', null], ['waiting', null], ['waiting', null]]);
  expect(statesAt(30)).toEqual([['done', 'xong'], ['passed', null], ['open', null], ['waiting', null]]);
  expect(statesAt(89)).toEqual([['done', 'xong'], ['passed', null], ['done', 'xong'], ['open', null]]);
});

test('at its end it is what it is now', () => {
  expect(runAt(run, START + 90_000)).toEqual(run);
  expect(runAt(run, START + 89_000)!.endedAt).toBeNull();
});
