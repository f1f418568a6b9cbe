import { expect, test } from 'vitest';
import { VEHICLE_KINDS } from '#contract/frame.ts';
import type { MovingPoints } from '../snapshot.ts';
import { createVehicleBuffers, fillVehicles } from './vehicles.ts';

const points = (version: number, rows: [lon: number, lat: number, heading: number, kind: string][]): MovingPoints => ({
  count: rows.length,
  slots: Uint32Array.from(rows.keys()),
  lon: Int32Array.from(rows, (row) => Math.round(row[0] * 1e5)),
  lat: Int32Array.from(rows, (row) => Math.round(row[1] * 1e5)),
  heading: Uint8Array.from(rows, (row) => row[2]),
  speed: new Uint8Array(rows.length),
  kind: Uint8Array.from(rows, (row) => VEHICLE_KINDS.indexOf(row[3] as never)),
  version,
});

test('the many share one buffer, those on duty stand apart', () => {
  const buffers = createVehicleBuffers();
  fillVehicles(buffers, points(1, [[108.2308, 16.0702, 64, 'car'], [108.2, 16.05, 0, 'ambulance']]));
  expect(buffers.crowd.count).toBe(1);
  expect(buffers.crowd.positions[0]).toBeCloseTo(0.01, 5);
  expect(buffers.crowd.positions[1]).toBeCloseTo(0.01, 5);
  expect(buffers.crowd.angles[0]).toBe(-90);
  expect(buffers.marked.map((one) => one.icon)).toEqual(['ambulance']);
});

test('a frame already drawn is not drawn again', () => {
  const buffers = createVehicleBuffers();
  fillVehicles(buffers, points(7, [[108.2308, 16.0702, 64, 'car']]));
  fillVehicles(buffers, points(7, []));
  expect(buffers.crowd.count).toBe(1);
  fillVehicles(buffers, points(8, []));
  expect(buffers.crowd.count).toBe(0);
});
