import { expect, it } from 'vitest';
import { faultOf } from '#contract/faults.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import type { Waiting } from '../../live/offline/outbox.ts';
import { itemsOf, type FieldJob } from './work.ts';

const request = (id: string, change: Partial<HandlingRequestState> = {}): HandlingRequestState => ({
  id, ref: id, source: 'ioc', about: null, title: `Việc ${id}`, note: null, unit: '20242', level: null, position: null, ward: null, provenance: 'real', step: 'sent',
  issuedBy: null, issuedAt: 1, updatedAt: 1, dueAt: 100, deliveredAt: null, readAt: null, acceptedAt: null, acceptedBy: null, returnedAt: null, returnReason: null,
  carriedOutAt: null, result: null, verifiedAt: null, verifiedBy: null, ...change,
});
const waiting = (id: string, command: FieldJob['command'], change: Partial<Waiting<FieldJob>> = {}): Waiting<FieldJob> => ({
  id: `${command} ${id}`, n: 1, at: 50, tries: 0, fault: null, job: { command, request: { id }, photos: [] }, ...change,
});

it('shows my unit only, the most urgent first', () => {
  const items = itemsOf([request('a', { dueAt: 300 }), request('b'), request('c', { unit: '20263', ward: '20242' }), request('d', { step: 'returned' })], [], ['20242']);
  expect(items.map(({ request: { id }, shelf }) => [id, shelf])).toEqual([['b', 'new'], ['a', 'new']]);
  expect(itemsOf([request('c', { unit: '20263', ward: '20242' })], [], null)).toHaveLength(1);
  expect(itemsOf([request('c', { unit: 'so-a-1', ward: '20263' })], [], ['so-a'])).toHaveLength(1);
});

it('moves what waits already, and back when it was refused', () => {
  const jobs = [waiting('a', 'handling-request.accept'), waiting('a', 'handling-request.arrive')];
  const [item] = itemsOf([request('a')], jobs, null);
  expect(item).toMatchObject({ shelf: 'doing', request: { step: 'accepted', onTheWayAt: 50, arrivedAt: 50 }, waiting: jobs });
  expect(itemsOf([request('a')], [waiting('a', 'handling-request.carry-out', { fault: faultOf('STATE_STEP') })], null)[0]?.shelf).toBe('new');
  expect(itemsOf([request('a')], [waiting('a', 'handling-request.return')], null)).toEqual([]);
});
