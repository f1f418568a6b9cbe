import { expect, test } from 'vitest';
import type { PastWall } from '#contract/past.ts';
import type { MapCamera, WallState } from '#contract/wall.ts';
import { cameraAt } from '../../layouts/motion.ts';
import { replayed } from './replayed.ts';

const camera = (lon: number): MapCamera => ({ center: [lon, 16], zoom: 12, bearing: 0, pitch: 0 });
const state: WallState = {
  wall: 'w2x2', rev: 4, mode: 'live', scene: 'toan-canh', tiles: [], camera: { from: camera(108), to: camera(109), startAt: 100_200, durationMs: 2000 }, tour: null, blank: false,
  frozenAt: 5, identify: false, spotlight: null, control: null, changedBy: 'Lan', changedAt: 100_200, why: 'Ngập',
};
const line: PastWall = { wall: 'w2x2', rev: 4, at: 1_000_000, applyAt: 100_200, act: 'camera', by: 'Lan', why: 'Ngập', scene: 'toan-canh', hash: '', chain: null, state };
const present: WallState = { ...state, rev: 9, mode: 'replay', scene: 'giao-ban', blank: true, waiting: [{ alert: 'al-1', level: 1, title: 'Cháy', raisedAt: 1 }], replay: { at: 999_000, since: 500_000, rate: 2 } };

test('the line of the log is drawn under the queue and the blank of the present', () => {
  expect(replayed(present, line)).toMatchObject({ mode: 'replay', rev: 9, scene: 'toan-canh', blank: true, frozenAt: null, changedBy: 'Lan', waiting: [{ alert: 'al-1' }] });
  expect(replayed(present, null)).toBeNull();
  expect(replayed({ ...present, replay: undefined }, line)).toBeNull();
});

test('a camera moves at the speed of the replay, and stands in its middle when the replay stands', () => {
  const moving = replayed(present, line)!.camera;
  const changeShownAt = 500_000 + 1000 / 2;
  expect(cameraAt(moving, changeShownAt)).toEqual(camera(108));
  expect(cameraAt(moving, changeShownAt + 1000)).toEqual(camera(109));
  const paused = replayed({ ...present, replay: { at: 1_001_000, since: 500_000, rate: 0 } }, line)!.camera;
  expect(cameraAt(paused, 999_999_999)).toEqual(cameraAt(state.camera, 100_200 + 1000));
});
