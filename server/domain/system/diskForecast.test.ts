import { expect, test } from 'vitest';
import { forecastFull } from './diskForecast.ts';

const MINUTE = 60_000;
const falling = (perMinute: number, minutes: number) => Array.from({ length: minutes + 1 }, (_, index) => ({ at: index * MINUTE, freeBytes: 1_000_000 - index * perMinute }));

test('a steady loss of room names the minute at which nothing is left', () => {
  expect(forecastFull(falling(1000, 60))).toBe(1000 * MINUTE);
});

test('no trend, no forecast', () => {
  expect(forecastFull([])).toBeNull();
  expect(forecastFull(falling(1000, 9))).toBeNull();
  expect(forecastFull(falling(0, 60))).toBeNull();
  expect(forecastFull(falling(-500, 60))).toBeNull();
});

test('a loss so slow that the disk lasts over a year is no forecast', () => {
  expect(forecastFull(falling(1, 60))).toBeNull();
});
