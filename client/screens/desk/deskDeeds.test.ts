import { expect, test } from 'vitest';
import { Acting } from '../../live/acting.svelte.ts';
import { callOf, doDeed, missingIn, type Subject } from './deskDeeds.ts';
import { Draft } from './draft.svelte.ts';

const desk = (ok = true) => {
  const sent: unknown[] = [];
  const live = { isOnline: true, command: async (name: string, request: unknown) => (sent.push([name, request]), ok ? { ok: true, value: {} } : { ok: false, fault: { code: 'STATE_STEP', message: '' } }) };
  return { sent, acting: new Acting(live as never), draft: new Draft() };
};
const alert: Subject = { kind: 'alert', thing: { id: 'al-1', state: 'raised', dueAt: 0, ward: null, requestId: 'hr-7' } };
const feedback: Subject = { kind: 'feedback', thing: { id: 'fb-1', state: 'resolved', dueAt: 0, ward: null } };

test('a deed tells which field is missing before anything is sent', () => {
  const draft = new Draft();
  expect(missingIn('assign', draft, 'raised')).toBe('unit');
  draft.unit = '20242';
  expect(missingIn('assign', draft, 'raised')).toBe('due');
  draft.due = '2026-03-01T08:00';
  expect(missingIn('assign', draft, 'raised')).toBeNull();
  expect(missingIn('close', draft, 'acknowledged')).toBe('reason');
  expect(missingIn('close', draft, 'verified')).toBeNull();
  expect(missingIn('nudge', draft, 'assigned')).toBeNull();
  expect(missingIn('mark-repeat', draft, 'raised')).toBe('of');
  draft.reason = 'đã trao đổi';
  expect(missingIn('shelve', draft, 'raised')).toBe('until');
});

test('an assignment carries unit, note and deadline of the desk’s time', async () => {
  const { sent, acting, draft } = desk();
  Object.assign(draft, { unit: '20242', note: '  gấp ', due: '2026-03-01T08:00' });
  expect(await doDeed(acting, 'assign', alert, draft)).toBe(true);
  expect(sent).toEqual([['alert.assign', { id: 'al-1', unit: '20242', note: 'gấp', dueAt: Date.UTC(2026, 2, 1, 1) }]]);
});

test('a refused result carries its reason, an accepted one none', async () => {
  const { sent, acting, draft } = desk();
  draft.reason = 'chưa sạch';
  await doDeed(acting, 'refuse', feedback, draft);
  await doDeed(acting, 'verify', feedback, draft);
  expect(sent).toEqual([['feedback.verify', { id: 'fb-1', isAccepted: false, reason: 'chưa sạch' }], ['feedback.verify', { id: 'fb-1', isAccepted: true }]]);
});

test('a warning slip from an alert goes to the request of its unit', () => {
  const draft = new Draft();
  expect(callOf('nudge', alert, draft)).toEqual(['handling-request.nudge', { id: 'hr-7' }]);
  Object.assign(draft, { reason: ' vì sao chậm? ', due: '2026-03-01T08:00' });
  expect(callOf('explain', alert, draft)).toEqual(['handling-request.explain', { id: 'hr-7', question: 'vì sao chậm?', dueAt: Date.UTC(2026, 2, 1, 1) }]);
  expect(callOf('answer', alert, draft)).toBeUndefined();
});

test('a category is put right with its process, and only once one is chosen', () => {
  const draft = new Draft();
  expect(missingIn('recategorise', draft, 'received')).toBe('service');
  Object.assign(draft, { service: 'drainage', process: 'immediate' });
  expect(callOf('recategorise', feedback, draft)).toEqual(['feedback.recategorise', { id: 'fb-1', service: 'drainage', process: 'immediate' }]);
  expect(callOf('recategorise', alert, draft)).toBeUndefined();
});

test('the same deed is another command on another kind of thing', () => {
  const draft = new Draft();
  draft.of = 'x-9';
  expect(callOf('mark-repeat', alert, draft)).toEqual(['alert.mark-repeat', { id: 'al-1', of: 'x-9' }]);
  expect(callOf('mark-repeat', feedback, draft)).toEqual(['feedback.merge', { id: 'fb-1', into: 'x-9' }]);
});

test('a deed the server refuses is not done and keeps what was typed', async () => {
  const { acting, draft } = desk(false);
  draft.reason = 'báo nhầm';
  expect(await doDeed(acting, 'close', alert, draft)).toBe(false);
  expect([draft.reason, acting.say('en')]).toEqual(['báo nhầm', 'This step is not possible from the present state.']);
});
