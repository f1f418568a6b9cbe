import { expect, test } from 'vitest';
import { isDiskShort } from './disk.ts';

const NOW = Date.UTC(2026, 9, 1);
const DAY = 86_400_000;

test.each([
  ['a tenth, and few bytes', { freeBytes: 4e9, totalBytes: 1e11, fullAt: null }, true],
  ['few bytes of a small disk', { freeBytes: 4e9, totalBytes: 1e10, fullAt: null }, false],
  ['less than a tenth of a large disk', { freeBytes: 5e10, totalBytes: 1e12, fullAt: null }, false],
  ['full within a week, a fifth left', { freeBytes: 2e10, totalBytes: 1e11, fullAt: NOW + DAY }, true],
  ['full in a month, a fifth left', { freeBytes: 2e10, totalBytes: 1e11, fullAt: NOW + 30 * DAY }, false],
  ['full within a week at this pace, half left', { freeBytes: 5e10, totalBytes: 1e11, fullAt: NOW + DAY }, false],
])('%s', (_what, disk, isShort) => {
  expect(isDiskShort(disk, NOW)).toBe(isShort);
});
