import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMovableClock } from './clock.ts';

test('domain time never goes backwards, whatever is asked', () => {
  const move = fc.record({ wait: fc.integer({ min: 0, max: 1e6 }), at: fc.option(fc.integer({ min: 0, max: 4e12 }), { nil: undefined }), rate: fc.option(fc.integer({ min: -5, max: 120 }), { nil: undefined }) });
  fc.assert(
    fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
      let real = 1_000_000;
      const clock = createMovableClock(1_767_225_600_000, () => real);
      let last = clock.now();
      for (const { wait, at, rate } of moves) {
        real += wait;
        const before = clock.now();
        const isDone = clock.move({ at, rate });
        expect(isDone).toBe((at === undefined || at >= before) && (rate === undefined || (rate >= 0 && rate <= 100)));
        expect(clock.now()).toBeGreaterThanOrEqual(last);
        last = clock.now();
      }
    }),
  );
});

test('the rate multiplies what passes', () => {
  let real = 0;
  const clock = createMovableClock(1000, () => real);
  clock.move({ rate: 20 });
  real = 500;
  expect(clock.now()).toBe(11_000);
});
