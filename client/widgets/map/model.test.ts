import { expect, test } from 'vitest';
import type { AlertState } from '#contract/topics/alert.ts';
import type { FeedbackState } from '#contract/topics/feedback.ts';
import { alertMarks, feedbackMarks, sensorMarks } from './model.ts';

const alert = (more: Partial<AlertState>): AlertState => ({ id: 'al-1', level: 1, position: [108.2, 16.06], area: null, state: 'raised', shelvedUntil: null, duplicateOf: null, ...more }) as AlertState;
const report = (more: Partial<FeedbackState>): FeedbackState => ({ id: 'fb-1', position: [108.2, 16.06], state: 'received', dueAt: 1000, duplicateOf: null, ...more }) as FeedbackState;

test('an alert is marked until it is resolved, shelved or joined to another', () => {
  const marks = alertMarks([alert({}), alert({ id: 'al-2', state: 'assigned' }), alert({ state: 'closed' }), alert({ shelvedUntil: 900 }), alert({ duplicateOf: 'al-1' }), alert({ position: null })], 500);
  expect(marks.map(({ id, isAcknowledged }) => [id, isAcknowledged])).toEqual([['al-1', false], ['al-2', true]]);
});

test('a scene of a service draws the alerts it answers for', () => {
  const alerts = [alert({ kind: 'crowd' }), alert({ id: 'al-2', kind: 'fire' })];
  expect(alertMarks(alerts, 500, ['crowd', 'environment']).map(({ id }) => id)).toEqual(['al-1']);
  expect(alertMarks(alerts, 500)).toHaveLength(2);
});

test('an open report past its deadline is overdue, a handled one is not shown', () => {
  expect(feedbackMarks([report({}), report({ dueAt: 3000 }), report({ state: 'resolved' })], 2000).map((mark) => mark.isOverdue)).toEqual([true, false]);
});

test('a sensor without a place is not on the map', () => {
  const sensor = { ref: 'rain-1', position: [108.2, 16.06] as [number, number], value: 12.5, unitOfMeasure: 'mm/h' };
  const marks = sensorMarks([sensor, { ...sensor, position: null }] as never, (value, digits) => value.toFixed(digits));
  expect(marks.map((mark) => mark.label)).toEqual(['12.5 mm/h']);
});

test('a quiet kind is left out until it passes its bounds, unless a scene asks for it', () => {
  const beds = (ref: string, value: number) => ({ ref, kind: 'beds-used', position: [108.2, 16.06], value, unitOfMeasure: '%', bounds: { worse: 'above', amber: 85, red: 95, isQuiet: true } });
  const sensors = [beds('a', 60), beds('b', 88), beds('c', 97), { ...beds('d', 3), kind: 'icu-free', bounds: { worse: 'below', amber: 5, red: 2 } }] as never;
  const said = (kinds?: string[]) => sensorMarks(sensors, String, kinds).map(({ id, level }) => `${id} ${level}`);
  expect(said()).toEqual(['b amber', 'c red', 'd amber']);
  expect(said(['beds-used'])).toEqual(['a normal', 'b amber', 'c red']);
});
