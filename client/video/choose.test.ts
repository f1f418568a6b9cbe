import { expect, test } from 'vitest';
import type { CameraState } from '#contract/topics/camera.ts';
import { chosenCameras, worstOf } from './choose.ts';

const cameras = [{ id: 'cam-1', name: 'Cầu Rồng' }, { id: 'cam-2', name: 'Bạch Đằng' }] as CameraState[];

test('chosen cameras keep their order, without a choice the register decides', () => {
  expect(chosenCameras(cameras, ['cam-1', 'cam-9', 'cam-2'], 9).map((one) => one.id)).toEqual(['cam-1', 'cam-2']);
  expect(chosenCameras(cameras, undefined, 1).map((one) => one.id)).toEqual(['cam-2']);
});

test('pictures are live while one is, and say what is wrong when none is', () => {
  expect(worstOf(['lost', 'live'])).toBe('live');
  expect(worstOf(['loading', 'frozen'])).toBe('frozen');
  expect(worstOf([])).toBe('loading');
});
