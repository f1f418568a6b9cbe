import type { Api } from '../api.ts';
import type { CameraFilm, CameraPast } from './cameraFilm.ts';

interface RecordingsDeps {
  api: Api;
  fetchIt: typeof fetch;
  momentNow: () => number;
  rate: () => number;
}

/** What was recorded of the cameras, at the moment the page looks back at. */
export interface Recordings {
  of(camera: string): CameraPast;
}

const NOTHING = new Set(['CAMERA_NO_RECORDING', 'NOT_FOUND']);

/** Asks the server where film of a moment lies, and gets it whole. */
export function createRecordings({ api, fetchIt, momentNow, rate }: RecordingsDeps): Recordings {
  const reels = new Map<string, CameraPast>();

  const read = async (camera: string, at: number, signal: AbortSignal): Promise<CameraFilm | null> => {
    const answer = await api.get<{ url: string; endsAt: number }>(`/api/v1/cameras/${encodeURIComponent(camera)}/recording?at=${Math.floor(at)}`);
    if (!answer.ok && NOTHING.has(answer.fault.code)) return null;
    if (!answer.ok) throw new Error(answer.fault.message);
    const response = await fetchIt(answer.value.url, { credentials: 'same-origin', signal });
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const startsAt = Number(response.headers.get('x-captured-at'));
    return { bytes: await response.arrayBuffer(), type: response.headers.get('content-type') ?? '', startsAt, endsAt: answer.value.endsAt };
  };

  return {
    of(camera) {
      const known = reels.get(camera) ?? { momentNow, rate, film: (at, signal) => read(camera, at, signal) };
      reels.set(camera, known);
      return known;
    },
  };
}
