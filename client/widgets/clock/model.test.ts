import { expect, test } from 'vitest';
import { clockSizes } from './model.ts';

test.each([
  [{ width: 960, height: 270 }, 3.2],
  [{ width: 640, height: 162 }, 3.4],
  [{ width: 1920, height: 540 }, 3.2],
])('time and date stay inside %o', (tile, am) => {
  const { timePx, datePx } = clockSizes(tile, am, true);
  expect(timePx * 8 * 0.58).toBeLessThanOrEqual(tile.width);
  expect(timePx * 1.15 + datePx * 1.4).toBeLessThanOrEqual(tile.height);
});

test('a date that nobody could read is left out', () => {
  expect(clockSizes({ width: 300, height: 900 }, 3.2, true).datePx).toBe(0);
  expect(clockSizes({ width: 1920, height: 540 }, 3.2, true).datePx).toBeGreaterThan(0);
});
