import { expect, test } from 'vitest';
import type { Frame } from '#contract/frame.ts';
import { between } from './between.ts';

const frame = (...rows: [slot: number, lon: number, lat: number, heading: number][]): Frame => ({
  layer: 'vehicle', isKey: true, number: 4, at: 0, removed: new Uint32Array(0),
  moved: { slot: new Uint32Array(0), dLon: new Int16Array(0), dLat: new Int16Array(0), heading: new Uint8Array(0), speed: new Uint8Array(0) },
  placed: {
    slot: Uint32Array.from(rows, ([slot]) => slot), lon: Int32Array.from(rows, ([, lon]) => lon), lat: Int32Array.from(rows, ([, , lat]) => lat),
    heading: Uint8Array.from(rows, ([, , , heading]) => heading), speed: new Uint8Array(rows.length), kind: new Uint8Array(rows.length),
  },
});
const rowsOf = ({ placed }: Frame) => [...placed.slot].map((slot, row) => [slot, placed.lon[row], placed.lat[row], placed.heading[row]]);

test('vehicles drive from one kept frame to the next, and turn the short way', () => {
  const [first, next] = [frame([1, 100, 200, 250], [2, 500, 500, 10]), frame([2, 480, 500, 250], [1, 200, 100, 10])];
  expect(rowsOf(between(first, next, 0.5))).toEqual([[1, 150, 150, 2], [2, 490, 500, 2]]);
  expect(rowsOf(between(first, next, 0))).toEqual(rowsOf(first));
  expect(rowsOf(between(first, next, 1)).sort()).toEqual(rowsOf(next).sort());
});

test('who is not in the next frame, or is too far away in it, stands still', () => {
  const first = frame([1, 0, 0, 0], [2, 0, 0, 0]);
  expect(rowsOf(between(first, frame([2, 5000, 0, 0]), 0.5))).toEqual(rowsOf(first));
  expect(first.placed.lon[1]).toBe(0);
});
