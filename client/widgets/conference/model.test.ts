import { expect, test } from 'vitest';
import type { CameraState } from '#contract/topics/camera.ts';
import { conferenceCamera } from './model.ts';

const cameras = [{ id: 'cam-1', kind: 'fixed' }, { id: 'cam-2', kind: 'conference' }] as CameraState[];

test('without a choice only an endpoint of a conference is shown', () => {
  expect(conferenceCamera(cameras, {}).map(({ id }) => id)).toEqual(['cam-2']);
  expect(conferenceCamera(cameras.slice(0, 1), {})).toEqual([]);
});

test('the chosen one is shown, an unknown one is not replaced', () => {
  expect(conferenceCamera(cameras, { camera: 'cam-1' }).map(({ id }) => id)).toEqual(['cam-1']);
  expect(conferenceCamera(cameras, { camera: 'cam-9' })).toEqual([]);
});
