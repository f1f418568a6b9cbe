import { expect, test } from 'vitest';
import { VEHICLE_KINDS } from '#contract/frame.ts';
import type { MovingPoints } from '../snapshot.ts';
import { createVehicleRows } from './vehicleRows.ts';

type Row = [lon: number, lat: number, heading: number, kind: string, changedAt?: number];

const points = (version: number, rows: Row[]): MovingPoints => ({
  count: rows.length,
  slots: Uint32Array.from(rows.keys()),
  lon: Int32Array.from(rows, (row) => Math.round(row[0] * 1e5)),
  lat: Int32Array.from(rows, (row) => Math.round(row[1] * 1e5)),
  heading: Uint8Array.from(rows, (row) => row[2]),
  speed: new Uint8Array(rows.length),
  kind: Uint8Array.from(rows, (row) => VEHICLE_KINDS.indexOf(row[3] as never)),
  stamps: Uint32Array.from(rows, (row) => row[4] ?? version),
  version,
});
const isFar = (positions: Float32Array, row: number) => Math.abs(positions[row * 2]!) > 360;

test('the many share one buffer, those on duty stand apart', () => {
  const rows = createVehicleRows();
  expect(rows.fill(points(1, [[108.2308, 16.0702, 64, 'car'], [108.2, 16.05, 0, 'ambulance']]))).toEqual({ from: 0, to: 2, isGrown: true, isMarkedNew: true });
  expect(rows.positions[0]).toBeCloseTo(0.01, 5);
  expect(rows.positions[1]).toBeCloseTo(0.01, 5);
  expect(rows.angles[0]).toBe(-90);
  expect(isFar(rows.positions, 1)).toBe(true);
  expect(rows.marked.map((one) => one.icon)).toEqual(['ambulance']);
});

test('only rows that changed since the last fill are written', () => {
  const rows = createVehicleRows();
  rows.fill(points(1, [[108.2, 16, 0, 'car'], [108.2, 16, 0, 'car'], [108.2, 16, 0, 'car']]));
  expect(rows.fill(points(1, []))).toEqual({ from: 0, to: 0, isGrown: false, isMarkedNew: false });
  expect(rows.fill(points(2, [[108.2, 16, 0, 'car', 1], [108.3, 16, 0, 'car'], [108.2, 16, 0, 'car', 1]]))).toEqual({ from: 1, to: 2, isGrown: false, isMarkedNew: false });
  expect(rows.positions[2]).toBeCloseTo(0.0792, 4);
});

test('a vehicle that left, and one that changed its duty, leave nothing behind', () => {
  const rows = createVehicleRows();
  rows.fill(points(1, [[108.2, 16, 0, 'police'], [108.2, 16, 0, 'car']]));
  expect(rows.fill(points(2, [[108.2, 16, 0, 'car']]))).toEqual({ from: 0, to: 2, isGrown: false, isMarkedNew: true });
  expect([isFar(rows.positions, 0), isFar(rows.positions, 1), rows.marked]).toEqual([false, true, []]);
});

test('more vehicles than there is room for get new, larger arrays with everyone in them', () => {
  const rows = createVehicleRows();
  rows.fill(points(1, [[108.2, 16, 0, 'car']]));
  const small = rows.angles.length;
  const many = Array.from({ length: small + 1 }, (): Row => [108.2308, 16.0702, 0, 'car', 1]);
  expect(rows.fill(points(2, many))).toMatchObject({ from: 0, to: small + 1, isGrown: true });
  expect(rows.angles.length).toBeGreaterThan(small);
  expect(rows.positions[small * 2]).toBeCloseTo(0.01, 5);
});
