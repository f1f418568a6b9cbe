import { expect, test } from 'vitest';
import type { AlertState } from '#contract/topics/alert.ts';
import { fold } from '../../../geo/fold.ts';
import { countAlerts, deadlineOf, EVERY_OPEN_ALERT, listAlerts, type AlertFilter } from './alertList.ts';

const NOW = 1_000_000;
const alert = (id: string, more: Partial<AlertState>): AlertState =>
  ({ id, level: 3, kind: 'flood', title: id, state: 'raised', raisedAt: NOW - 1000, acknowledgeBy: NOW + 1000, dueAt: NOW + 9000, shelvedUntil: null, duplicateOf: null, ...more }) as AlertState;
const ids = (alerts: AlertState[], more: Partial<AlertFilter> = {}) => listAlerts(alerts, { ...EVERY_OPEN_ALERT, ...more }, NOW, ({ title }) => fold(title)).map(({ id }) => id);

test('ĐỎ stands on top, nobody’s before somebody’s, a result to check in between, done ones last', () => {
  const alerts = [
    alert('verified-red', { level: 1, state: 'verified' }),
    alert('taken', { level: 2, state: 'acknowledged' }),
    alert('new', { level: 2 }),
    alert('checked', { level: 2, state: 'resolved' }),
    alert('red-taken', { level: 1, state: 'in-progress' }),
    alert('red', { level: 1 }),
  ];
  expect(ids(alerts)).toEqual(['red', 'red-taken', 'new', 'checked', 'taken', 'verified-red']);
});

test('of two equals the one whose time is shorter comes first', () => {
  expect(ids([alert('later', { acknowledgeBy: NOW + 50 }), alert('sooner', { acknowledgeBy: NOW - 50 })])).toEqual(['sooner', 'later']);
});

test('words are found without marks, every word counts', () => {
  const alerts = [alert('Ngập sâu đường Nguyễn Văn Linh', {}), alert('Ùn tắc cầu Rồng', {})];
  expect(ids(alerts, { words: 'nguyen ngap' })).toEqual(['Ngập sâu đường Nguyễn Văn Linh']);
  expect(ids(alerts, { words: 'CẦU rồng' })).toEqual(['Ùn tắc cầu Rồng']);
  expect(ids(alerts, { words: 'cháy' })).toEqual([]);
});

test('level, kind and state narrow the list; closed, joined and shelved ones are open no more', () => {
  const alerts = [
    alert('a', { level: 1 }),
    alert('b', { kind: 'fire' }),
    alert('c', { state: 'closed' }),
    alert('d', { duplicateOf: 'a' }),
    alert('e', { shelvedUntil: NOW + 1 }),
    alert('f', { shelvedUntil: NOW - 1 }),
  ];
  expect(ids(alerts)).toEqual(['a', 'b', 'f']);
  expect(ids(alerts, { levels: [1] })).toEqual(['a']);
  expect(ids(alerts, { kind: 'fire' })).toEqual(['b']);
  expect(ids(alerts, { state: 'shelved' })).toEqual(['e']);
  expect(ids(alerts, { state: 'closed' })).toEqual(['c']);
  expect(ids(alerts, { state: 'all' })).toHaveLength(6);
});

test('the deadline is that of the next step, and nobody’s when the work is done', () => {
  expect(deadlineOf(alert('a', {}))).toEqual({ kind: 'acknowledge', at: NOW + 1000 });
  expect(deadlineOf(alert('a', { state: 'assigned' }))).toEqual({ kind: 'resolve', at: NOW + 9000 });
  expect(deadlineOf(alert('a', { state: 'resolved' }))).toBeNull();
});

test('figures count what is open, late, untaken and waiting to be checked', () => {
  const alerts = [alert('a', { level: 1, acknowledgeBy: NOW - 1 }), alert('b', { state: 'resolved' }), alert('c', { state: 'in-progress', dueAt: NOW - 1 }), alert('d', { state: 'verified' })];
  expect(countAlerts(alerts, NOW)).toEqual({ open: 3, levels: { 1: 1, 2: 0, 3: 2, 4: 0 }, raised: 1, overdue: 2, toCheck: 1 });
});
