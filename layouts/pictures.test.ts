import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MapCamera } from '#contract/wall.ts';
import { fontPx, TEXT_ARC_MINUTES, bodyLines } from './arcMinutes.ts';
import { cameraAt, isLit } from './motion.ts';
import { pieceOnOutput, scaleRect } from './rects.ts';

const camera = (lon: number, zoom: number, bearing = 0): MapCamera => ({ center: [lon, 16], zoom, bearing, pitch: 0 });

test('a camera stands still before and after its move and is half way at half time', () => {
  const move = { from: camera(108, 10, 350), to: camera(109, 14, 10), startAt: 1000, durationMs: 1000 };
  expect(cameraAt(move, 0)).toEqual(move.from);
  expect(cameraAt(move, 2000)).toEqual(move.to);
  expect(cameraAt(move, 1500)).toEqual({ center: [108.5, 16], zoom: 12, bearing: 360, pitch: 0 });
  expect(cameraAt({ ...move, durationMs: 0 }, 0)).toEqual(move.to);
});

test('a mark is lit half of the time, also before 1970', () => {
  expect([0, 499, 500, 999, 1000, -1, -600].map((at) => isLit(at))).toEqual([true, true, false, false, true, false, true]);
});

test('neighbours stay neighbours when scaled', () => {
  const sizes = fc.integer({ min: 1920, max: 20_000 });
  fc.assert(
    fc.property(sizes, sizes, fc.integer({ min: 1, max: 1919 }), (width, height, split) => {
      const [left, right] = [{ x: 0, width: split }, { x: split, width: 1920 - split }].map((part) => scaleRect({ ...part, y: 0, height: 1080 }, [1920, 1080], [width, height]));
      expect(right!.x + right!.width).toBe(width);
      expect(left!.x + left!.width).toBe(right!.x);
    }),
  );
});

test('a tile over four outputs is cut without loss', () => {
  const tile = { x: 1000, y: 500, width: 2000, height: 1000 };
  const outputs = [0, 1920].flatMap((x) => [0, 1080].map((y) => ({ x, y, width: 1920, height: 1080 })));
  const pieces = outputs.map((output) => pieceOnOutput(tile, output)!);
  expect(pieces.reduce((sum, { ofTile }) => sum + ofTile.width * ofTile.height, 0)).toBe(2_000_000);
  expect(pieces[3]).toEqual({ onOutput: { x: 0, y: 0, width: 1080, height: 420 }, ofTile: { x: 920, y: 580, width: 1080, height: 420 } });
  expect(pieceOnOutput({ x: 0, y: 0, width: 10, height: 10 }, outputs[3]!)).toBeUndefined();
});

test('a 55 inch panel read from five metres holds about eleven lines', () => {
  const panel = { farthestViewerM: 5, pitchMm: 0.63 };
  expect(bodyLines(1080, panel)).toBe(11);
  expect(fontPx(TEXT_ARC_MINUTES.body, panel)).toBeCloseTo(64.7, 1);
  expect(fontPx(TEXT_ARC_MINUTES.floor, { farthestViewerM: 0.3, pitchMm: 0.3 })).toBeCloseTo(19.6, 1);
});
