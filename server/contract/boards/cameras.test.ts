import { expect, test } from 'vitest';
import type { CameraState } from '../topics/camera.ts';
import { shownCameras } from './cameras.ts';

const camera = (id: string, name: string, streams: CameraState['streams'] = [{ role: 'sub', kind: 'rtsp' }]) => ({ id, name, streams });
const cameras = [camera('cam-1', 'Cầu Rồng'), camera('cam-2', 'Bạch Đằng'), camera('cam-3', 'An Hải', [])];

test('chosen cameras keep their order, an unknown one is not replaced by another', () => {
  expect(shownCameras(cameras, ['cam-1', 'cam-9', 'cam-3', 'cam-2'], 9).map(({ id }) => id)).toEqual(['cam-1', 'cam-3', 'cam-2']);
  expect(shownCameras(cameras, ['cam-9'], 9)).toEqual([]);
});

test('without a choice the register decides, and what has no stream stands last', () => {
  expect(shownCameras(cameras, undefined, 1).map(({ id }) => id)).toEqual(['cam-2']);
  expect(shownCameras(cameras, undefined, 9).map(({ id }) => id)).toEqual(['cam-2', 'cam-1', 'cam-3']);
});
