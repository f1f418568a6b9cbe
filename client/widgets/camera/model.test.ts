import { expect, test } from 'vitest';
import type { CameraState } from '#contract/topics/camera.ts';
import { camerasOf } from './model.ts';

const cameras = [{ id: 'cam-1', name: 'Cầu Rồng', streams: [] }, { id: 'cam-2', name: 'Bạch Đằng', streams: [] }] as unknown as CameraState[];

test('the chosen camera is shown, an unknown one is not replaced by another', () => {
  expect(camerasOf(cameras, { camera: 'cam-1' }).map((one) => one.id)).toEqual(['cam-1']);
  expect(camerasOf(cameras, { camera: 'cam-9' })).toEqual([]);
  expect(camerasOf(cameras, {}).map((one) => one.id)).toEqual(['cam-2']);
});
