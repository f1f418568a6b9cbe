import { expect, test } from 'vitest';
import type { Scenario } from '#contract/scenario.ts';
import { alertsBefore, changedStep, comesBy, copiedStep, lifeOf, movedStep, slotsOf, swappedStep, waitFor, withAlert, withoutStep } from './timeline.ts';

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

test('neighbours change places, moments stay, and what comes first opens a chapter', () => {
  const swapped = swappedStep(scenario, 1, -1);
  expect(swapped.steps.map(({ id, at, chapter }) => [id, at, chapter])).toEqual([['b', 0, words], ['a', 20, undefined], ['c', 60, undefined]]);
  expect(swappedStep(scenario, 2, 1)).toBe(scenario);
});

test('a copy stands half-way to the next step under an id of its own and sends nothing', () => {
  const copied = copiedStep(withAlert(scenario, 2, 'Ngập', 1), 2);
  expect(copied.steps.map(({ id, at, inject }) => [id, at, inject?.length])).toEqual([['a', 0, undefined], ['b', 20, undefined], ['c', 60, 1], ['c-4', 80, undefined]]);
  expect(copiedStep(movedStep(scenario, 1, 1), 0).steps).toHaveLength(3);
});

test('a later step waits until an alert has come that far, or further', () => {
  const sent = withAlert(withAlert(scenario, 0, 'Ngập', 1), 1, 'Cháy', 2);
  expect(alertsBefore(sent, 1).map(({ ref, item }) => [ref, item['title']])).toEqual([['canh-bao-1', 'Ngập']]);
  const waits = changedStep(sent, 2, waitFor('canh-bao-2', 'resolved', 30)).steps[2]!;
  expect(waits).toMatchObject({ on: 'condition', withinS: 30, when: { ref: 'canh-bao-2', state: ['resolved', 'verified', 'closed'] } });
  expect(lifeOf(waits.when!)).toBe('resolved');
  expect(JSON.parse(JSON.stringify({ ...waits, ...comesBy('time') }))).toEqual({ ...sent.steps[2], on: 'time' });
});
