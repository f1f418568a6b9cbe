import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Frame } from '#contract/frame.ts';
import { createMovingStore, type MovingStore } from './movingStore.ts';

type Placed = [slot: number, lon: number, lat: number];

const frameOf = (number: number, more: { isKey?: boolean; placed?: Placed[]; moved?: Placed[]; removed?: number[] }): Frame => {
  const placed = more.placed ?? [];
  const moved = more.moved ?? [];
  return {
    layer: 'vehicle',
    isKey: more.isKey ?? false,
    number,
    at: number * 100,
    placed: {
      slot: Uint32Array.from(placed, (row) => row[0]),
      lon: Int32Array.from(placed, (row) => row[1]),
      lat: Int32Array.from(placed, (row) => row[2]),
      heading: new Uint8Array(placed.length),
      speed: new Uint8Array(placed.length),
      kind: new Uint8Array(placed.length),
    },
    moved: {
      slot: Uint32Array.from(moved, (row) => row[0]),
      dLon: Int16Array.from(moved, (row) => row[1]),
      dLat: Int16Array.from(moved, (row) => row[2]),
      heading: new Uint8Array(moved.length),
      speed: new Uint8Array(moved.length),
    },
    removed: Uint32Array.from(more.removed ?? []),
  };
};
const shown = (store: MovingStore): Placed[] =>
  Array.from({ length: store.count }, (_, row): Placed => [store.slots[row]!, store.lon[row]!, store.lat[row]!]).sort((a, b) => a[0] - b[0]);

test('a delta before a key frame, and one that skips a number, are gaps', () => {
  const store = createMovingStore('vehicle');
  expect(store.take(frameOf(1, { placed: [[1, 0, 0]] }))).toBe('gap');
  expect(store.take(frameOf(2, { isKey: true, placed: [[7, 100, 200]] }))).toBe('applied');
  expect(store.take(frameOf(4, { moved: [[7, 1, 1]] }))).toBe('gap');
  expect(shown(store)).toEqual([[7, 100, 200]]);
  expect(store.isWhole).toBe(false);
});

test('a frame seen before changes nothing', () => {
  const store = createMovingStore('vehicle');
  store.take(frameOf(5, { isKey: true, placed: [[7, 100, 200]] }));
  store.take(frameOf(6, { moved: [[7, 1, 1]] }));
  expect(store.take(frameOf(6, { moved: [[7, 1, 1]] }))).toBe('old');
  expect(shown(store)).toEqual([[7, 101, 201]]);
});

test('placing, moving and removing agree with a plain map', () => {
  const act = fc.record({ slot: fc.integer({ min: 0, max: 12 }), what: fc.constantFrom('place', 'move', 'remove'), by: fc.integer({ min: -500, max: 500 }) });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 80 }), (acts) => {
      const store = createMovingStore('vehicle', 2);
      const model = new Map<number, Placed>();
      store.take(frameOf(0, { isKey: true }));
      acts.forEach(({ slot, what, by }, i) => {
        const known = model.get(slot);
        if (what === 'place') model.set(slot, [slot, by, 0 - by]);
        if (what === 'move' && known) model.set(slot, [slot, known[1] + by, known[2] - by]);
        if (what === 'remove') model.delete(slot);
        store.take(
          frameOf(i + 1, {
            ...(what === 'place' ? { placed: [[slot, by, 0 - by] as Placed] } : {}),
            ...(what === 'move' ? { moved: [[slot, by, 0 - by] as Placed] } : {}),
            ...(what === 'remove' ? { removed: [slot] } : {}),
          }),
        );
      });
      expect(shown(store)).toEqual([...model.values()].sort((a, b) => a[0] - b[0]));
      for (const [slot] of model) expect(store.slots[store.rowOf(slot)!]).toBe(slot);
    }),
  );
});
