import { expect, test } from 'vitest';
import { handedTo, placeOf, vehiclesOf } from './follow.ts';

const moving = { count: 3, slots: Uint32Array.of(7, 8, 9, 10), lon: Int32Array.of(10820000, 10821000, 10822000, 0), lat: Int32Array.of(1606000, 1606000, 1606000, 0), speed: Uint8Array.of(10, 40, 0, 90), kind: Uint8Array.of(1, 1, 2, 1) };

test('a vehicle is where its row says, and nowhere once its row is free', () => {
  expect(placeOf(moving, 8)).toEqual([108.21, 16.06]);
  expect(placeOf(moving, 10)).toBeUndefined();
});

test('vehicles of a kind are offered, the moving first', () => {
  expect(vehiclesOf(moving, 1, 5)).toEqual([8, 7]);
  expect(vehiclesOf(moving, 1, 1)).toEqual([8]);
});

test('the picture stays while its camera sees the vehicle, and is handed on when it does not', () => {
  expect(handedTo('cam-2', ['cam-1', 'cam-2'])).toBe('cam-2');
  expect(handedTo('cam-3', ['cam-1', 'cam-2'])).toBe('cam-1');
  expect(handedTo('cam-3', [])).toBeNull();
});
