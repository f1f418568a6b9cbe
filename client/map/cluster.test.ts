import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clusterOf } from './cluster.ts';

const points = fc.array(
  fc.record({ position: fc.tuple(fc.double({ min: 107.8, max: 108.6, noNaN: true }), fc.double({ min: 15.8, max: 16.3, noNaN: true })) }),
  { maxLength: 300 },
);

test('counts of the groups sum to the total at every zoom, and no point is in two groups', () => {
  fc.assert(
    fc.property(points, fc.double({ min: 0, max: 20, noNaN: true }), fc.integer({ min: 20, max: 200 }), (items, zoom, cellPx) => {
      const shown = clusterOf(items, zoom, cellPx).flatMap((group) => group.items);
      expect(shown).toHaveLength(items.length);
      expect(new Set(shown)).toEqual(new Set(items));
    }),
  );
});

test('a group stands in the middle of its points; far points stand alone', () => {
  const near = [{ position: [108.2, 16.06] as [number, number] }, { position: [108.2, 16.06] as [number, number] }];
  const far = { position: [108.6, 16.3] as [number, number] };
  const groups = clusterOf([...near, far], 12, 64);
  expect(groups.map((group) => group.items.length).sort()).toEqual([1, 2]);
  const pair = groups.find((group) => group.items.length === 2)!;
  expect(pair.position[0]).toBeCloseTo(108.2, 6);
  expect(pair.position[1]).toBeCloseTo(16.06, 6);
});
