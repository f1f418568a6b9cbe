import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bearingDeg, destination, distanceM, lengthM, turnBetween } from './distance.ts';
import type { Position } from './position.ts';

const HALL: Position = [108.2222, 16.0779];
const somewhere = fc.tuple(fc.double({ min: 102, max: 118, noNaN: true }), fc.double({ min: 6, max: 24, noNaN: true }));

it('measures a degree of latitude and the way from Đà Nẵng to Hà Nội', () => {
  expect(distanceM([108, 16], [108, 17])).toBeCloseTo(111_195, -1);
  expect(distanceM(HALL, [105.8342, 21.0278]) / 1000).toBeCloseTo(606, -1);
});

it('arrives where it set out for', () => {
  fc.assert(
    fc.property(somewhere, fc.double({ min: 0, max: 359, noNaN: true }), fc.double({ min: 1, max: 50_000, noNaN: true }), (start, bearing, metres) => {
      const end = destination(start, bearing, metres);
      expect(distanceM(start, end)).toBeCloseTo(metres, 2);
      expect(turnBetween(bearingDeg(start, end), bearing)).toBeLessThan(0.01);
    }),
  );
});

it('knows the four winds and the short way round', () => {
  expect(bearingDeg(HALL, [108.2222, 16.2])).toBeCloseTo(0);
  expect(bearingDeg(HALL, [108.3, 16.0779])).toBeCloseTo(90, 1);
  expect(turnBetween(350, 10)).toBe(20);
  expect(turnBetween(-30, 180)).toBe(150);
});

it('adds up a line', () => {
  expect(lengthM([HALL])).toBe(0);
  expect(lengthM([[108, 16], [108, 16.5], [108, 17]])).toBeCloseTo(111_195, -1);
});
