import { expect, test } from 'vitest';
import { fieldTime, timeOfField } from './film.ts';

const AT = Date.parse('2026-11-22T18:30:05Z');

test('a field shows the clock of the city and gives the same time back', () => {
  expect(fieldTime(AT)).toBe('2026-11-23T01:30:05');
  expect(timeOfField(fieldTime(AT))).toBe(AT);
  expect(timeOfField('2026-11-23T01:30')).toBe(AT - 5000);
  expect(timeOfField('')).toBeNaN();
});
