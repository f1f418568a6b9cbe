import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fitBox, fromWorldPx, outputCentre, toWorldPx, type FlatCamera } from './mercator.ts';

it('goes to world pixels and back', () => {
  fc.assert(
    fc.property(fc.double({ min: -179, max: 179, noNaN: true }), fc.double({ min: -84, max: 84, noNaN: true }), fc.integer({ min: 0, max: 20 }), (lon, lat, zoom) => {
      const [backLon, backLat] = fromWorldPx(toWorldPx([lon, lat], zoom), zoom);
      expect(backLon).toBeCloseTo(lon, 8);
      expect(backLat).toBeCloseTo(lat, 8);
    }),
  );
  expect(toWorldPx([0, 0], 0)).toEqual([256, 256]);
});

const camera = (bearing: number): FlatCamera => ({ center: [108.22, 16.06], zoom: 13.4, bearing });
const wall = { width: 5760, height: 2160 };

/** Where a place shows on a screen of a size, from first principles. */
function screenPx(place: [number, number], view: FlatCamera, size: { width: number; height: number }): [number, number] {
  const [cx, cy] = toWorldPx(view.center, view.zoom);
  const [x, y] = toWorldPx(place, view.zoom);
  const turn = (-view.bearing * Math.PI) / 180;
  return [(x - cx) * Math.cos(turn) - (y - cy) * Math.sin(turn) + size.width / 2, (x - cx) * Math.sin(turn) + (y - cy) * Math.cos(turn) + size.height / 2];
}

it.each([0, 33, 90, 271])('outputs join without a seam at bearing %d', (bearing) => {
  const place: [number, number] = [108.235, 16.051];
  const onWall = screenPx(place, camera(bearing), wall);
  for (const rect of [{ x: 0, y: 0, width: 1920, height: 1080 }, { x: 3850, y: 1090, width: 1910, height: 1070 }]) {
    const [x, y] = screenPx(place, outputCentre(camera(bearing), wall, rect), rect);
    expect(x + rect.x).toBeCloseTo(onWall[0], 5);
    expect(y + rect.y).toBeCloseTo(onWall[1], 5);
  }
});

it('one output that is the whole wall keeps the camera', () => {
  const view = outputCentre(camera(12), wall, { x: 0, y: 0, ...wall });
  expect(view.center[0]).toBeCloseTo(108.22, 9);
  expect(view).toMatchObject({ zoom: 13.4, bearing: 12 });
});

it('fits a box with a margin', () => {
  const view = fitBox([108, 15.9, 108.4, 16.2], { width: 1000, height: 1000 }, 100);
  const [left] = screenPx([108, 16], view, { width: 1000, height: 1000 });
  expect(left).toBeCloseTo(100, 3);
});
