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

test('an open report past its deadline is overdue, a handled one is not shown', () => {
  expect(feedbackMarks([report({}), report({ dueAt: 3000 }), report({ state: 'resolved' })], 2000).map((mark) => mark.isOverdue)).toEqual([true, false]);
});

test('a sensor without a place is not on the map', () => {
  const sensor = { ref: 'rain-1', position: [108.2, 16.06] as [number, number], value: 12.5, unitOfMeasure: 'mm/h' };
  const marks = sensorMarks([sensor, { ...sensor, position: null }] as never, (value, digits) => value.toFixed(digits));
  expect(marks.map((mark) => mark.label)).toEqual(['12.5 mm/h']);
});
