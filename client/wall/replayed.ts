import type { PastWall } from '#contract/past.ts';
import type { WallState } from '#contract/wall.ts';
import { pastAt } from '../../layouts/replay.ts';
import { cameraAt } from '../../layouts/motion.ts';

/**
 * What a wall that looks back draws: the picture of the line that held at the moment shown, under the present's blank,
 * identification, test card and queue. Camera moves run at the speed of the replay. Null until the past is known.
 */
export function replayed(present: WallState, line: PastWall | null): WallState | null {
  const { replay } = present;
  if (!replay || !line) return null;
  const { state, at, applyAt } = line;
  const { blank, identify, testCard, waiting, control, rev } = present;
  return { ...state, mode: 'replay', replay, rev, blank, identify, testCard, waiting, control, frozenAt: null, camera: replayedCamera(state, { at, applyAt }, replay) };
}

function replayedCamera({ camera }: WallState, { at, applyAt }: { at: number; applyAt: number }, replay: NonNullable<WallState['replay']>): WallState['camera'] {
  const atChange = replay.since + (replay.rate > 0 ? (at - replay.at) / replay.rate : 0);
  if (replay.rate > 0) return { ...camera, startAt: Math.round(atChange + (camera.startAt - applyAt) / replay.rate), durationMs: Math.round(camera.durationMs / replay.rate) };
  const still = cameraAt(camera, applyAt + (pastAt(replay, replay.since) - at));
  return { from: still, to: still, startAt: replay.since, durationMs: 0 };
}
