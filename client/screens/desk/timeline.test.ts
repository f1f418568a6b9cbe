import { expect, test } from 'vitest';
import type { AlertState } from '#contract/topics/alert.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { momentsOfRequest, timelineOfAlert } from './timeline.ts';

const alert = { id: 'al-1', source: 'ioc', raisedAt: 1, receivedAt: 2, acknowledgedAt: 3, owner: { id: 'u', name: 'Trực ban' }, updatedAt: 9, shelvedUntil: null, shelvedReason: null, verifiedAt: null, closedAt: null } as AlertState;
const request = (more: Partial<HandlingRequestState>): HandlingRequestState =>
  ({ id: 'hr-1', about: { topic: 'alert', id: 'al-1', title: '' }, unit: '20242', note: null, issuedBy: 'Trực ban', issuedAt: 4, updatedAt: 4, step: 'sent', deliveredAt: null, readAt: null, acceptedAt: null, acceptedBy: null, returnedAt: null, returnReason: null, carriedOutAt: null, result: null, verifiedAt: null, verifiedBy: null, ...more }) as HandlingRequestState;

test('an alert tells the whole way through every request it had, in order', () => {
  const requests = [request({ step: 'returned', deliveredAt: 5, returnedAt: 6, returnReason: 'không thuộc địa bàn' }), request({ id: 'hr-2', unit: '20243', issuedAt: 7 }), request({ id: 'hr-3', about: { topic: 'alert', id: 'al-9', title: '' } })];
  const told = timelineOfAlert(alert, requests, (code) => `đơn vị ${code}`);
  expect(told.map(({ what }) => what)).toEqual(['raised', 'received', 'acknowledged', 'issued', 'delivered', 'returned', 'issued']);
  expect(told[5]).toEqual({ what: 'returned', at: 6, who: 'đơn vị 20242', said: 'không thuộc địa bàn' });
});

test('a refused result is told with its reason, and not as a returned request', () => {
  const told = momentsOfRequest(request({ step: 'accepted', acceptedAt: 6, acceptedBy: 'Cán bộ', returnReason: 'chưa sạch', updatedAt: 8 }), 'Phường');
  expect(told.at(-1)).toEqual({ what: 'refused', at: 8, who: null, said: 'chưa sạch' });
  expect(told.some(({ what }) => what === 'returned')).toBe(false);
});
