import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Tile } from '#contract/wall.ts';
import { dragRect, drawingFaults, freePlace, GRIPS, guidesOf, legibilityOf } from './geometry.ts';

const size = [3840, 2160] as const;
const profile = { outputs: [0, 1920].flatMap((x) => [0, 1080].map((y, row) => ({ id: `r${row + 1}c${x ? 2 : 1}`, rect: { x, y, width: 1920, height: 1080 } }))), farthestViewerM: 5, pitchMm: 0.63 };
const tile = (id: string, x: number, y: number, width: number, height: number): Tile => ({ id, widget: 'text', rect: { x, y, width, height } });

test('edges snap to outputs and to other tiles, but not from far away', () => {
  const tiles = [tile('a', 0, 0, 700, 500), tile('b', 1000, 0, 500, 500)];
  const guides = guidesOf(profile, tiles, 'b', size);
  expect(dragRect(tiles[1]!.rect, 'move', { x: -290, y: 10 }, guides, size, 30)).toEqual({ x: 700, y: 0, width: 500, height: 500 });
  expect(dragRect(tiles[1]!.rect, 'e', { x: 410, y: 0 }, guides, size, 30)).toEqual({ x: 1000, y: 0, width: 920, height: 500 });
  expect(dragRect(tiles[1]!.rect, 'move', { x: 100, y: 0 }, guides, size, 30)).toMatchObject({ x: 1100 });
});

test('no drag leaves the wall or turns a tile inside out', () => {
  const by = fc.integer({ min: -9000, max: 9000 });
  fc.assert(
    fc.property(fc.constantFrom('move' as const, ...GRIPS), by, by, (grip, x, y) => {
      const rect = dragRect({ x: 800, y: 600, width: 400, height: 300 }, grip, { x, y }, guidesOf(profile, [], '', size), size, 20);
      expect(rect.x).toBeGreaterThanOrEqual(0);
      expect(rect.y).toBeGreaterThanOrEqual(0);
      expect(rect.x + rect.width).toBeLessThanOrEqual(3840);
      expect(rect.y + rect.height).toBeLessThanOrEqual(2160);
      expect(Math.min(rect.width, rect.height)).toBeGreaterThanOrEqual(120);
    }),
  );
});

test('faults are named by tile', () => {
  expect(drawingFaults([tile('a', 0, 0, 500, 500), tile('b', 400, 0, 500, 500), tile('a', 3500, 0, 500, 500)], size)).toEqual([
    { tile: 'b', code: 'overlap', other: 'a' },
    { tile: 'a', code: 'outside' },
    { tile: 'a', code: 'duplicate' },
  ]);
});

test('a new tile takes the first gap', () => {
  const tiles = [tile('a', 0, 0, 1920, 2160)];
  expect(freePlace(tiles, guidesOf(profile, tiles, '', size), { width: 960, height: 1080 }, size)).toEqual({ x: 1920, y: 0, width: 960, height: 1080 });
});

test('a tile tells how much the farthest viewer can read in it', () => {
  expect(legibilityOf({ x: 0, y: 0, width: 960, height: 1080 }, profile)).toMatchObject({ smallestPx: 52, lines: 10, letters: 25, isPoor: false });
  expect(legibilityOf({ x: 0, y: 0, width: 300, height: 300 }, profile).isPoor).toBe(true);
});
