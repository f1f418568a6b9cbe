import { expect, test } from 'vitest';
import type { CameraState } from '#contract/topics/camera.ts';
import { chosenCameras, gridOf, worstOf } from './model.ts';

const cameras = [{ id: 'cam-1', name: 'Cầu Rồng' }, { id: 'cam-2', name: 'Bạch Đằng' }] as CameraState[];

test('chosen cameras keep their order, without a choice the register decides', () => {
  expect(chosenCameras(cameras, { cameras: ['cam-1', 'cam-9', 'cam-2'] }).map((one) => one.id)).toEqual(['cam-1', 'cam-2']);
  expect(chosenCameras(cameras, { most: 1 }).map((one) => one.id)).toEqual(['cam-2']);
});

test('a tile is live while one picture is, and says what is wrong when none is', () => {
  expect(worstOf(['lost', 'live'])).toBe('live');
  expect(worstOf(['loading', 'frozen'])).toBe('frozen');
  expect(worstOf([])).toBe('loading');
});

test.each([
  [4, 16 / 9, { columns: 2, rows: 2 }],
  [6, 16 / 9, { columns: 3, rows: 2 }],
  [3, 5, { columns: 3, rows: 1 }],
  [0, 1, { columns: 1, rows: 1 }],
])('%i pictures find their grid', (count, aspect, grid) => {
  expect(gridOf(count, aspect)).toEqual(grid);
});
