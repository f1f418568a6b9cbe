import { expect, test } from 'vitest';
import type { Scenario } from '#contract/scenario.ts';
import { changedStep, movedStep, slotsOf, withoutStep } from './timeline.ts';

const words = { vi: 'x', en: 'x' };
const step = (id: string, at: number) => ({ id, at, scene: 'ban-do', narration: words, notes: words });
const scenario: Scenario = { schema: 1, id: 'thu', name: words, summary: words, kind: 'show', goals: [words], clock: { starts: '08:00', lengthS: 100 }, steps: [step('a', 0), step('b', 20), step('c', 60)] };

test('steps fill the timeline from end to end', () => {
  expect(slotsOf(scenario).map(({ from, share }) => [from, share])).toEqual([[0, 0.2], [0.2, 0.4], [0.6, 0.4]]);
});

test('a step never passes its neighbours, and the first stays', () => {
  expect(movedStep(scenario, 1, 90).steps[1]!.at).toBe(59);
  expect(movedStep(scenario, 1, -5).steps[1]!.at).toBe(1);
  expect(movedStep(scenario, 2, 400).steps[2]!.at).toBe(99);
  expect(movedStep(scenario, 0, 10).steps[0]!.at).toBe(0);
});

test('a step is changed or left out; two always stay', () => {
  expect(changedStep(scenario, 1, { on: 'next' }).steps[1]).toMatchObject({ id: 'b', on: 'next' });
  const shorter = withoutStep(scenario, 0);
  expect(shorter.steps.map(({ id, at }) => [id, at])).toEqual([['b', 0], ['c', 60]]);
  expect(withoutStep(shorter, 0)).toBe(shorter);
});
