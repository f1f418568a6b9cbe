import type { CameraState } from '#contract/topics/camera.ts';
import type { Settings } from './settings.ts';

/** The chosen camera, else the first of the register by name. */
export function chosenCameras(cameras: readonly CameraState[], { camera }: Settings): CameraState[] {
  const byName = [...cameras].sort((a, b) => a.name.localeCompare(b.name, 'vi'));
  return (camera === undefined ? byName : cameras.filter((one) => one.id === camera)).slice(0, 1);
}
