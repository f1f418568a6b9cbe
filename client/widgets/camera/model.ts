import { shownCameras } from '#contract/boards/cameras.ts';
import type { CameraState } from '#contract/topics/camera.ts';
import type { Settings } from './settings.ts';

/** The chosen camera, else the first of the register by name. */
export const camerasOf = (cameras: readonly CameraState[], { camera }: Settings): CameraState[] => shownCameras(cameras, camera === undefined ? undefined : [camera], 1);
