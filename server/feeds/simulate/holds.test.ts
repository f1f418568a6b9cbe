import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createHolds } from './holds.ts';
import type { Incident } from './incidents.ts';
import type { Tour } from './tour.ts';

const START = Date.UTC(2026, 10, 19, 3);
const MINUTE_MS = 60_000;
/** Ten minutes straight east, one knot a second. */
const tour: Tour = {
  lon: Float64Array.from({ length: 601 }, (_, s) => 108.2 + s * 1e-4),
  lat: new Float64Array(601).fill(16.05),
  second: Float64Array.from({ length: 601 }, (_, s) => s),
  roundS: 600,
};
const accident = (more: object = {}) => ({ slot: 7, kind: 'accident', level: 1, startAt: START, endAt: START + 30 * MINUTE_MS, spot: { position: [108.23, 16.05] }, ...more }) as unknown as Incident;
const holdsOf = (...going: Incident[]) => createHolds([tour], { activeAt: (at) => going.filter(({ startAt, endAt }) => startAt <= at && at < endAt) });

test('vehicles queue before an incident, make it up behind it, and elsewhere nothing changes', () => {
  const held = holdsOf(accident()).at(START + 15 * MINUTE_MS);
  expect(held(0, 200)).toEqual({ behindS: 0, pace: 1 });
  expect(held(0, 278).pace).toBeLessThan(0.5);
  expect(held(0, 299).behindS).toBeGreaterThan(20);
  expect(held(0, 330).pace).toBeGreaterThan(1);
  expect(held(0, 500)).toEqual({ behindS: 0, pace: 1 });
});

test('a jam forms and melts, and one that does not block the street holds nobody', () => {
  const holds = holdsOf(accident());
  const behind = (minutes: number) => holds.at(START + minutes * MINUTE_MS)(0, 299).behindS;
  expect(behind(0)).toBe(0);
  expect(behind(1)).toBeLessThan(behind(2));
  expect(behind(29.5)).toBeLessThan(behind(15));
  expect(holdsOf(accident({ kind: 'public-order' })).at(START + 15 * MINUTE_MS)(0, 299).behindS).toBe(0);
});

test('nobody ever drives backwards, however many incidents there are', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ knot: fc.integer({ min: 0, max: 600 }), level: fc.constantFrom(1, 3) }), { maxLength: 6 }), (spots) => {
      const held = holdsOf(...spots.map(({ knot, level }, slot) => accident({ slot, level, spot: { position: [108.2 + knot * 1e-4, 16.05] } }))).at(START + 15 * MINUTE_MS);
      let last = -Infinity;
      for (let second = 0; second < 600; second += 0.5) {
        const at = second - held(0, second).behindS;
        expect(at).toBeGreaterThan(last);
        last = at;
      }
    }),
    { numRuns: 50 },
  );
});
