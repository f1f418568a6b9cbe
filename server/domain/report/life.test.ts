import { expect, test } from 'vitest';
import type { ReportLife } from '#contract/report.ts';
import type { Principal, Role } from '#contract/roles.ts';
import { mayReturn, mayWrite, stepAllows, type ReportAct } from './life.ts';

const STATES: ReportLife[] = ['draft', 'locked', 'sent', 'returned'];
const ACTS: ReportAct[] = ['edit', 'renew', 'lock', 'send', 'receive', 'return', 'drop'];
const person = (roles: Role[], units: string[] | null): Principal => ({ kind: 'person', id: 'p', name: 'Người', roles, units });

test('what was locked is never edited, counted anew or dropped; locked is not sent', () => {
  const allowed = ACTS.map((act) => [act, STATES.filter((state) => stepAllows(act, state).ok)]);
  expect(Object.fromEntries(allowed)).toEqual({ edit: ['draft'], renew: ['draft'], lock: ['draft'], drop: ['draft'], send: ['locked'], receive: ['sent'], return: ['sent'] });
});

test('an officer writes the monthly report of their own unit and nothing else', () => {
  const officer = person(['unit-officer'], ['SM-A']);
  expect(mayWrite(officer, { kind: 'monthly-red', unit: 'SM-A' }, true).ok).toBe(true);
  expect(mayWrite(officer, { kind: 'monthly-red', unit: 'SM-B' }, false).ok).toBe(false);
  expect(mayWrite(officer, { kind: 'weekly', unit: 'SM-A' }, true).ok).toBe(false);
  expect(mayWrite(officer, { kind: 'monthly-red', unit: null }, true).ok).toBe(false);
  expect(mayReturn(officer).ok).toBe(false);
});

test('an editor of the whole city writes all, a reader none', () => {
  expect(mayWrite(person(['report-editor'], null), { kind: 'weekly', unit: null }, true).ok).toBe(true);
  for (const role of ['leader', 'auditor', 'guest', 'camera-team'] as const) expect(mayWrite(person([role], null), { kind: 'weekly', unit: null }, true)).toMatchObject({ fault: { code: 'AUTH_FORBIDDEN' } });
});
