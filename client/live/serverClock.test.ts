import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createServerClock, offsetOf, type Exchange } from './serverClock.ts';

const exchange = (offset: number, out: number, back: number): Exchange => ({
  sentAt: 1000,
  receivedAt: 1000 + out + offset,
  repliedAt: 1000 + out + offset,
  answeredAt: 1000 + out + back,
});

test('the quickest way there and the quickest way back decide, the slow and lopsided ones do not', () => {
  const measured = offsetOf([exchange(3200, 300, 2), exchange(3200, 2, 250), exchange(3200, 1, 1), exchange(3200, 90, 1)])!;
  expect(measured.offsetMs).toBeCloseTo(3200, 1);
  expect(measured.errorMs).toBeCloseTo(1, 1);
  expect(offsetOf([])).toBeUndefined();
});

test('the error of the offset is never more than the stated one', () => {
  const trips = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 })), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(trips, fc.integer({ min: -1e7, max: 1e7 }), (pairs, offset) => {
      const measured = offsetOf(pairs.map(([out, back]) => exchange(offset, out, back)))!;
      expect(Math.abs(measured.offsetMs - offset)).toBeLessThanOrEqual(measured.errorMs + 1e-6);
    }),
  );
});

test('late messages of one way do not hide in the other: two lopsided exchanges are one exact one', () => {
  expect(offsetOf([exchange(-500, 0, 140), exchange(-500, 120, 0)])).toEqual({ offsetMs: -500, errorMs: 0 });
});

test('what an older exchange says is worth less, and nothing once a clock was set', () => {
  const old = exchange(100, 0, 0);
  const later = (offset: number, out: number, back: number) => ({ sentAt: 61_000, receivedAt: 61_000 + out + offset, repliedAt: 61_000 + out + offset, answeredAt: 61_000 + out + back });
  expect(offsetOf([old, later(100, 50, 50)], 61_100)!.errorMs).toBeCloseTo(6.01, 2);
  expect(offsetOf([old, later(9000, 50, 50)], 61_100)).toEqual({ offsetMs: 9000, errorMs: 50 });
});

test('a first offset is a step, a small later one is slewed and never runs backwards', () => {
  let local = 0;
  const clock = createServerClock(() => local);
  expect(clock.isSynced).toBe(false);
  clock.take({ offsetMs: 5000, errorMs: 1 });
  expect(clock.serverNow()).toBe(5000);
  clock.take({ offsetMs: 4990, errorMs: 1 });
  let last = clock.serverNow();
  for (local = 16; local <= 400; local += 16) {
    expect(clock.serverNow()).toBeGreaterThan(last);
    last = clock.serverNow();
  }
  expect(clock.serverNow()).toBeCloseTo(local + 4990, 5);
});

test('domain time follows the beat and its rate', () => {
  let local = 0;
  const clock = createServerClock(() => local);
  clock.take({ offsetMs: 100, errorMs: 0 });
  expect(clock.domainNow()).toBe(100);
  clock.tellDomain({ at: 100, domainAt: 9000, rate: 20 });
  local = 50;
  expect(clock.domainNow()).toBe(9000 + 50 * 20);
});
