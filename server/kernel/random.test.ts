import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from './random.ts';

test('a stream depends on its seed and label alone', () => {
  fc.assert(
    fc.property(fc.integer(), fc.string(), (seed, label) => {
      const used = createRandom(seed);
      used.next();
      const [a, b] = [used.fork(label), createRandom(seed).fork(label)];
      expect(Array.from({ length: 5 }, a.next)).toEqual(Array.from({ length: 5 }, b.next));
    }),
  );
});

test('values are spread over the whole range', () => {
  const random = createRandom(7);
  const counts = Array.from({ length: 10 }, () => 0);
  for (let i = 0; i < 10_000; i++) counts[random.below(10)]!++;
  expect(Math.min(...counts)).toBeGreaterThan(900);
  expect(Math.max(...counts)).toBeLessThan(1100);
});
