import { expect, test } from 'vitest';
import type { AlertState } from '#contract/topics/alert.ts';
import { openAlerts } from './model.ts';

const alert = (id: string, more: Partial<AlertState>): AlertState => ({ id, level: 3, kind: 'flood', state: 'raised', raisedAt: 0, shelvedUntil: null, duplicateOf: null, unit: null, ward: null, ...more }) as AlertState;
const ids = (alerts: AlertState[]) => alerts.map((one) => one.id);

test('the most urgent that nobody took stands first', () => {
  const alerts = [alert('a', { level: 3 }), alert('b', { level: 1, state: 'assigned' }), alert('c', { level: 1 }), alert('d', { level: 1, raisedAt: 5 })];
  expect(ids(openAlerts(alerts, {}, 10))).toEqual(['d', 'c', 'b', 'a']);
});

test('closed, shelved and joined alerts are not open', () => {
  const alerts = [alert('a', { state: 'closed' }), alert('b', { shelvedUntil: 99 }), alert('c', { duplicateOf: 'x' }), alert('d', { shelvedUntil: 9 })];
  expect(ids(openAlerts(alerts, {}, 10))).toEqual(['d']);
});

test('a scene may ask for some levels, kinds or one unit', () => {
  const alerts = [alert('a', { level: 1, kind: 'fire', ward: '20242' }), alert('b', { level: 2 })];
  expect(ids(openAlerts(alerts, { levels: [1] }, 0))).toEqual(['a']);
  expect(ids(openAlerts(alerts, { kinds: ['flood'] }, 0))).toEqual(['b']);
  expect(ids(openAlerts(alerts, { unit: '20242' }, 0))).toEqual(['a']);
});
