import { shownCameras } from '#contract/boards/cameras.ts';
import type { CameraState } from '#contract/topics/camera.ts';
import type { Settings } from './settings.ts';

const MOST = 6;

/** What the tile shows. */
export const camerasOf = (cameras: readonly CameraState[], { cameras: chosen, most = MOST }: Settings): CameraState[] => shownCameras(cameras, chosen, most);
