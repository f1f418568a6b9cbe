import { expect, test } from 'vitest';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { canNudge, canRedirect, countsOf, listOf, queueOf, unitsOf } from './model.ts';

const NOW = 1000;
const request = (id: string, step: HandlingRequestState['step'], more: Partial<HandlingRequestState> = {}): HandlingRequestState =>
  ({ id, step, unit: 'SM-A', title: `Việc ${id}`, note: null, about: null, issuedAt: 100, dueAt: NOW + 500, explanationAskedAt: null, explainedAt: null, ...more }) as HandlingRequestState;

const LIVE = [
  request('hr-1', 'sent', { dueAt: NOW - 1 }),
  request('hr-2', 'accepted', { unit: 'SM-B', dueAt: NOW - 5 }),
  request('hr-3', 'carried-out', { dueAt: NOW - 9 }),
  request('hr-4', 'accepted', { explanationAskedAt: 5 }),
  request('hr-5', 'verified'),
];

test('every pile holds what its name says, and counts the same', () => {
  const queue = queueOf(LIVE, [request('hr-6', 'returned', { unit: 'SM-C' })]);
  const ids = (pile: Parameters<typeof listOf>[1]['pile']) => listOf(queue, { pile, unit: '', words: '' }, NOW).map(({ id }) => id);
  expect([ids('overdue'), ids('unanswered'), ids('returned'), ids('check'), ids('doing')]).toEqual([['hr-2', 'hr-1'], ['hr-1', 'hr-4'], ['hr-6'], ['hr-3'], ['hr-2', 'hr-4']]);
  expect(countsOf(queue, '', NOW)).toEqual({ overdue: 2, unanswered: 2, returned: 1, check: 1, doing: 2, all: 5 });
  expect(countsOf(queue, 'SM-B', NOW)).toMatchObject({ overdue: 1, all: 1 });
  expect(listOf(queue, { pile: 'all', unit: '', words: 'viec hr-3' }, NOW).map(({ id }) => id)).toEqual(['hr-3']);
});

test('a returned request waits until another unit has it', () => {
  const about = { topic: 'alert' as const, id: 'al-1', title: 'Ngập' };
  const returned = request('hr-7', 'returned', { about });
  expect(queueOf([], [returned]).map(({ id }) => id)).toEqual(['hr-7']);
  expect(queueOf([request('hr-8', 'sent', { about, issuedAt: 200 })], [returned]).map(({ id }) => id)).toEqual(['hr-8']);
  const again = request('hr-8', 'returned', { about, issuedAt: 200 });
  expect(queueOf([again], [returned, again]).map(({ id }) => id)).toEqual(['hr-8']);
});

test('units stand by what they owe', () => {
  expect(unitsOf(queueOf(LIVE, [request('hr-6', 'returned', { unit: 'SM-C' })]), NOW)).toEqual([
    { unit: 'SM-A', open: 3, overdue: 1, unanswered: 2, returned: 0 },
    { unit: 'SM-B', open: 1, overdue: 1, unanswered: 0, returned: 0 },
    { unit: 'SM-C', open: 0, overdue: 0, unanswered: 0, returned: 1 },
  ]);
});

test('a slip reaches who has not carried out; another unit is found for what is open or returned', () => {
  const steps = ['sent', 'delivered', 'read', 'accepted', 'carried-out', 'verified', 'returned'] as const;
  expect(steps.filter((step) => canNudge({ step }))).toEqual(['sent', 'delivered', 'read', 'accepted']);
  expect(steps.filter((step) => canRedirect({ step }))).toEqual(['sent', 'delivered', 'read', 'accepted', 'returned']);
});
