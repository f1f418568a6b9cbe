import { expect, test } from 'vitest';
import { deedsOfAlert, deedsOfFeedback, deedsOfRequest, fieldsOf, sharedDeeds } from './deeds.ts';

const NOW = 1_000_000;
const alert = { state: 'raised', level: 2, duplicateOf: null, shelvedUntil: null, shelveAsk: null } as const;

test('the usual next step comes first', () => {
  expect(deedsOfAlert(alert, NOW, 'me').slice(0, 3)).toEqual(['acknowledge', 'assign', 'shelve']);
  expect(deedsOfAlert({ ...alert, state: 'resolved', level: 1 }, NOW, 'me')).toEqual(['verify', 'refuse', 'comment']);
  expect(deedsOfAlert({ ...alert, state: 'closed' }, NOW, 'me')).toEqual(['comment']);
  expect(deedsOfFeedback({ state: 'received', duplicateOf: null })).toEqual(['assign', 'recategorise', 'mark-repeat', 'reject', 'close']);
  expect(deedsOfFeedback({ state: 'in-progress', duplicateOf: null })).toEqual(['nudge', 'explain', 'answer']);
});

test('what repeats another can only be taken out again', () => {
  expect(deedsOfAlert({ ...alert, duplicateOf: 'al-1' }, NOW, 'me')).toEqual(['unmark-repeat', 'comment']);
  expect(deedsOfFeedback({ state: 'closed', duplicateOf: 'fb-1' })).toEqual(['split', 'answer']);
});

test('a request without an alert or a report is checked in its own right', () => {
  expect(deedsOfRequest({ step: 'carried-out', about: null })).toEqual(['verify', 'refuse']);
  expect(deedsOfRequest({ step: 'carried-out', about: { topic: 'alert', id: 'al-1', title: '' } })).toEqual([]);
  expect(deedsOfRequest({ step: 'read', about: null })).toEqual(['nudge', 'explain']);
});

test('ĐỎ is put aside by two: one asks, another agrees within half an hour', () => {
  const red = { ...alert, level: 1 } as const;
  const ask = { id: 'other', name: 'Trực ban B', until: NOW + 1, reason: 'chờ', at: NOW };
  for (const state of ['raised', 'acknowledged', 'assigned', 'in-progress'] as const) expect(deedsOfAlert({ ...red, state }, NOW, 'me')).not.toContain('shelve');
  expect(deedsOfAlert(red, NOW, 'me')).toContain('propose-shelve');
  expect(deedsOfAlert({ ...red, shelveAsk: ask }, NOW, 'me')).toContain('confirm-shelve');
  expect(deedsOfAlert({ ...red, shelveAsk: ask }, NOW, 'other')).toContain('propose-shelve');
  expect(deedsOfAlert({ ...red, shelveAsk: ask }, NOW + 31 * 60_000, 'me')).toContain('propose-shelve');
  expect(deedsOfAlert({ ...red, shelvedUntil: NOW + 1 }, NOW, 'me')).toContain('unshelve');
});

test('a close without verification needs a reason, one after it does not', () => {
  expect(fieldsOf('close', 'acknowledged')).toEqual(['reason']);
  expect(fieldsOf('close', 'verified')).toEqual([]);
  expect(fieldsOf('acknowledge', 'raised')).toEqual([]);
});

test('several things share what each of them allows', () => {
  expect(sharedDeeds([['acknowledge', 'assign', 'mark-repeat'], ['assign', 'mark-repeat', 'close']])).toEqual(['assign']);
  expect(sharedDeeds([])).toEqual([]);
});
