import { expect, test } from 'vitest';
import type { AlertRule } from '#contract/alertRule.ts';
import { fieldsOf, textOf } from './ruleFields.ts';

const RULE: AlertRule = { code: 'nuoc', name: 'Nước', subject: { of: 'feedback', radiusM: 100, withinMinutes: 60, service: 'drainage' }, direction: 'above', value: 2.5, clear: 1, holdMinutes: 5, kind: 'flood', level: 2, isOn: true, changedAt: 0, changedBy: '', triedAt: null, isSample: false };

test('a rule goes through its form and comes back the same', () => {
  const { isOn: _isOn, changedAt: _at, changedBy: _by, triedAt: _tried, isSample: _isSample, ...text } = RULE;
  expect(textOf(fieldsOf(RULE))).toEqual(text);
});

test('a decimal comma is a number, nothing is none', () => {
  const form = { ...fieldsOf(null), value: '2,5' };
  expect(textOf(form).value).toBe(2.5);
  expect(textOf(form).clear).toBeNaN();
});
