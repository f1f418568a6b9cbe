import { expect, test } from 'vitest';
import { fromField, toField } from './localTime.ts';

test('a field holds the time of Việt Nam and gives it back', () => {
  const at = Date.UTC(2026, 1, 28, 18, 30);
  expect(toField(at)).toBe('2026-03-01T01:30');
  expect(fromField('2026-03-01T01:30')).toBe(at);
});

test('a half-typed time is no time', () => {
  for (const text of ['', '2026-03-01', '2026-13-01T00:00', 'hôm nay']) expect(fromField(text)).toBeNull();
});
