import { expect, test } from 'vitest';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { countInbox, deedsOf, isOwn, isRefused, leftOf, listInbox, momentsOf } from './model.ts';

const NOW = 1000;
const request = (id: string, more: Partial<HandlingRequestState>): HandlingRequestState =>
  ({ id, title: id, note: null, unit: '20242', ward: '20242', step: 'sent', dueAt: NOW + 10, updatedAt: 1, issuedAt: 1, issuedBy: 'Trực ban', deliveredAt: null, readAt: null, acceptedAt: null, acceptedBy: null, returnedAt: null, returnReason: null, carriedOutAt: null, result: null, verifiedAt: null, verifiedBy: null, ...more }) as HandlingRequestState;
const ALL = { unit: '', words: '' };

test('overdue work comes first, then what is due soonest; done work by its last change', () => {
  const requests = [request('soon', {}), request('late', { dueAt: NOW - 5 }), request('later', { dueAt: NOW + 90 }), request('old', { step: 'verified', updatedAt: 2 }), request('fresh', { step: 'returned', updatedAt: 9 })];
  expect(listInbox(requests, { ...ALL, pile: 'new' }).map(({ id }) => id)).toEqual(['late', 'soon', 'later']);
  expect(listInbox(requests, { ...ALL, pile: 'done' }).map(({ id }) => id)).toEqual(['fresh', 'old']);
  expect(countInbox(requests, NOW)).toEqual({ new: 3, doing: 0, done: 2, overdue: 1 });
});

test('a unit and words without marks narrow the list', () => {
  const requests = [request('Dọn rác ven kênh', {}), request('Sửa đèn đường', { unit: '20243' })];
  expect(listInbox(requests, { pile: 'new', unit: '20243', words: '' })).toHaveLength(1);
  expect(listInbox(requests, { pile: 'new', unit: '', words: 'don rac' }).map(({ id }) => id)).toEqual(['Dọn rác ven kênh']);
});

test('time counts until the work is carried out, and no longer', () => {
  expect(leftOf({ step: 'accepted', dueAt: NOW - 3 }, NOW)).toBe(-3);
  expect(leftOf({ step: 'carried-out', dueAt: NOW - 3 }, NOW)).toBeNull();
});

test('each step offers what the unit can do, and nothing after it has answered', () => {
  expect(deedsOf({ step: 'read' })).toEqual(['accept', 'return']);
  expect(deedsOf({ step: 'accepted' })).toEqual(['carry-out', 'return']);
  for (const step of ['returned', 'carried-out', 'verified'] as const) expect(deedsOf({ step })).toEqual([]);
});

test('work of another unit in the officer’s ward is not theirs', () => {
  const officer = { roles: ['unit-officer' as const], units: ['20242'] };
  expect(isOwn({ unit: '20242', ward: null }, officer)).toBe(true);
  expect(isOwn({ unit: 'SO-A', ward: '20242' }, officer)).toBe(false);
  expect(isOwn({ unit: 'SO-A', ward: '20242' }, { roles: ['admin'], units: null })).toBe(true);
});

test('a refused result says so and keeps its reason', () => {
  const refused = request('a', { step: 'accepted', acceptedAt: 3, acceptedBy: 'Cán bộ', returnReason: 'chưa sạch', updatedAt: 7 });
  expect(isRefused(refused)).toBe(true);
  expect(momentsOf(refused).at(-1)).toEqual({ what: 'refused', at: 7, who: null, said: 'chưa sạch' });
  expect(isRefused(request('b', { step: 'returned', returnReason: 'sai địa bàn' }))).toBe(false);
});
