import { expect, test } from 'vitest';
import { choicesOf } from './ruleChoices.ts';

const KNOWN = { sensors: ['rain', 'water-level', 'rain'], services: ['drainage'] };

test('a rule is limited to what is there, and keeps what it said', () => {
  expect(choicesOf('sensor', KNOWN, '')).toEqual(['rain', 'water-level']);
  expect(choicesOf('sensor', KNOWN, 'tide')).toEqual(['rain', 'water-level', 'tide']);
  expect(choicesOf('traffic', KNOWN, 'primary')[2]).toBe('primary');
  expect(choicesOf('feedback', KNOWN, '')).toEqual(['drainage']);
});

test('an indicator is named by its code, and so is a sensor while none is known', () => {
  expect(choicesOf('indicator', KNOWN, 'KTXH-01')).toEqual([]);
  expect(choicesOf('sensor', { sensors: [], services: [] }, 'rain')).toEqual([]);
});
