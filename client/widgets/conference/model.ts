import type { CameraState } from '#contract/topics/camera.ts';
import type { Settings } from './settings.ts';

/** Kind under which conference endpoints stand in the register. */
const CONFERENCE = 'conference';

/** The chosen endpoint, else the first that is registered as one; never a street camera by chance. */
export function conferenceCamera(cameras: readonly CameraState[], { camera }: Settings): CameraState[] {
  return cameras.filter((one) => (camera === undefined ? one.kind === CONFERENCE : one.id === camera)).slice(0, 1);
}
