import { expect, test } from 'vitest';
import type { FeedbackState } from '#contract/topics/feedback.ts';
import { openFeedback } from './model.ts';

const report = (id: string, dueAt: number, more: Partial<FeedbackState> = {}): FeedbackState => ({ id, dueAt, state: 'received', duplicateOf: null, unit: null, ward: null, service: 'traffic', ...more }) as FeedbackState;

test('the longest overdue stands on top', () => {
  expect(openFeedback([report('a', 30), report('b', 10), report('c', 20, { state: 'closed' })], {}, 15).map((one) => one.id)).toEqual(['b', 'a']);
});

test('an event asks for what came last', () => {
  const feedback = [report('old', 10, { receivedAt: 1 }), report('new', 30, { receivedAt: 3 }), report('middle', 20, { receivedAt: 2 })];
  expect(openFeedback(feedback, { newestFirst: true }, 15).map(({ id }) => id)).toEqual(['new', 'middle', 'old']);
});

test('a scene may ask for one unit, some services, or what is overdue', () => {
  const feedback = [report('a', 30, { ward: '20242' }), report('b', 10, { service: 'prices' })];
  expect(openFeedback(feedback, { unit: '20242' }, 0)).toHaveLength(1);
  expect(openFeedback(feedback, { services: ['prices'] }, 0).map((one) => one.id)).toEqual(['b']);
  expect(openFeedback(feedback, { overdueOnly: true }, 5)).toEqual([]);
});

test('around a place only the reports near it are listed', () => {
  const report = (id: string, position: [number, number] | null) => ({ id, position, state: 'received', duplicateOf: null, dueAt: 0, unit: null, ward: null, service: 'x' }) as never;
  const found = openFeedback([report('near', [108.2, 16.061]), report('far', [108.2, 16.2]), report('nowhere', null)], { near: [108.2, 16.06], withinM: 500 }, 1);
  expect(found.map(({ id }) => id)).toEqual(['near']);
});
