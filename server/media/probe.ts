import type { CameraConnection } from '#contract/cameras.ts';
import type { MediaAnswer } from './answer.ts';
import type { Deadlines } from './deadlines.ts';

interface ProbeDeps {
  deadlines: Deadlines;
  realNow(): number;
  status(cameraId: string): { state: CameraConnection };
  playlist(cameraId: string): Promise<MediaAnswer>;
}

/** A live playlist grows within this time. Units: ms. */
const GROWS_WITHIN_MS = 4000;
/** States that say nothing about the camera itself once it has been asked. */
const UNSAID: ReadonlySet<CameraConnection> = new Set(['idle', 'connecting', 'backoff', 'live']);

/** Looks at a camera twice: what answers and grows is live, what answers and stands still is frozen. */
export function createProbe({ deadlines, realNow, status, playlist }: ProbeDeps) {
  const newestOf = ({ body }: MediaAnswer) => String(body).split('\n').findLast((line) => line !== '' && !line.startsWith('#'));
  const saidOf = (cameraId: string): CameraConnection => {
    const { state } = status(cameraId);
    return UNSAID.has(state) ? 'lost' : state;
  };
  return async (cameraId: string): Promise<CameraConnection> => {
    const { state } = status(cameraId);
    if (state === 'no-stream' || state === 'lost' || state === 'unsupported-codec' || state === 'audio-only' || state === 'late') return state;
    const first = await playlist(cameraId);
    if (first.status !== 200) return saidOf(cameraId);
    await deadlines.until(realNow() + GROWS_WITHIN_MS, GROWS_WITHIN_MS * 2);
    const second = await playlist(cameraId);
    if (second.status !== 200) return saidOf(cameraId);
    return newestOf(first) === newestOf(second) ? 'frozen' : 'live';
  };
}
