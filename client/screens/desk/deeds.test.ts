import { expect, test } from 'vitest';
import { deedsOfAlert, deedsOfFeedback, deedsOfRequest, needsWords } from './deeds.ts';

test('the usual next step comes first', () => {
  expect(deedsOfAlert({ state: 'raised', level: 2 })).toEqual(['acknowledge', 'assign', 'shelve']);
  expect(deedsOfAlert({ state: 'resolved', level: 1 })).toEqual(['verify', 'refuse']);
  expect(deedsOfAlert({ state: 'closed', level: 3 })).toEqual([]);
  expect(deedsOfFeedback({ state: 'received' })).toEqual(['assign']);
  expect(deedsOfFeedback({ state: 'in-progress' })).toEqual([]);
});

test('a request without an alert or a report is checked in its own right', () => {
  expect(deedsOfRequest({ step: 'carried-out', about: null })).toEqual(['verify', 'refuse']);
  expect(deedsOfRequest({ step: 'carried-out', about: { topic: 'alert', id: 'al-1', title: '' } })).toEqual([]);
  expect(deedsOfRequest({ step: 'read', about: null })).toEqual([]);
});

test('ĐỎ is never offered to be put aside', () => {
  for (const state of ['raised', 'acknowledged', 'assigned', 'in-progress'] as const) expect(deedsOfAlert({ state, level: 1 })).not.toContain('shelve');
});

test('a close without verification needs a reason, one after it does not', () => {
  expect(needsWords('close', 'acknowledged')).toBe(true);
  expect(needsWords('close', 'verified')).toBe(false);
  expect(needsWords('acknowledge', 'raised')).toBe(false);
  expect(needsWords('refuse', 'resolved')).toBe(true);
});
