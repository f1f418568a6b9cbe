import type { CameraState } from '#contract/topics/camera.ts';
import { chosenCameras } from '../../video/choose.ts';
import type { Settings } from './settings.ts';

/** The chosen camera, else the first of the register by name. */
export const camerasOf = (cameras: readonly CameraState[], { camera }: Settings): CameraState[] => chosenCameras(cameras, camera === undefined ? undefined : [camera], 1);
