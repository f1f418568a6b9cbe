import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Random } from '../kernel/random.ts';
import { answerFile, parseFileName, refusal, type MediaAnswer, type MediaQuery } from './answer.ts';
import { timelineUnder, type CameraFault } from './cameraFault.ts';
import { createDeadlines } from './deadlines.ts';
import type { OpenSource } from './ffmpegSource.ts';
import { createLoopLibrary, type LoopLibrary } from './loopLibrary.ts';
import { createLoopStream } from './loopStream.ts';
import { createRtspIngest, type IngestStatus, type RtspIngest } from './rtspIngest.ts';
import { createSilentStream } from './silentStream.ts';
import type { MediaStream } from './stream.ts';

/** Where a camera's pictures come from. */
export type CameraStreamSpec = LoopSpec | RtspSpec;

/** A demo camera. */
export interface LoopSpec {
  kind: 'loop';
  /** A loop of the library. */
  loop: string;
  /** Shown from 18:00 to 5:30 in Đà Nẵng. */
  nightLoop?: string;
  /** Starts the loop this many whole seconds later, so that cameras which share one differ. */
  phaseS?: number;
}

/** A camera on the network. The address may hold a user and password; it goes to ffmpeg and nowhere else. */
export interface RtspSpec {
  kind: 'rtsp';
  url: string;
}

export interface MediaOriginDeps {
  clock: Clock;
  log: Log;
  /** Spreads the reconnecting of cameras. */
  random: Random;
  cameras: (cameraId: string) => CameraStreamSpec | undefined;
  faults?: (cameraId: string) => CameraFault | undefined;
  loops?: LoopLibrary;
  openSource?: OpenSource;
}

/** Serves every camera's stream to whoever the caller has already let in. */
export interface MediaOrigin {
  serve(cameraId: string, file: string, query?: MediaQuery, signal?: AbortSignal): Promise<MediaAnswer>;
  /** How a network camera's connection stands; `undefined` for a camera nobody has watched, and for demo cameras. */
  status(cameraId: string): IngestStatus | undefined;
  close(): Promise<void>;
}

const VIETNAM_OFFSET_S = 7 * 3600;

/** Whether the street lamps of Đà Nẵng are on in this second. Shape: whole seconds since the Unix epoch. */
export function isNight(second: number): boolean {
  const hour = ((second + VIETNAM_OFFSET_S) % 86_400) / 3600;
  return hour >= 18 || hour < 5.5;
}

/** How long the first viewer of a network camera waits for its first second. */
const FIRST_PICTURE_MS = 8000;

export function createMediaOrigin(deps: MediaOriginDeps): MediaOrigin {
  const { clock, log, random, cameras, faults = () => undefined, loops = createLoopLibrary(), openSource } = deps;
  const deadlines = createDeadlines(clock);
  const realNow = () => clock.realNow();
  const ingests = new Map<string, { url: string; ingest: RtspIngest }>();

  const loopStream = (spec: LoopSpec, fault: CameraFault | undefined): MediaStream | undefined => {
    if (fault?.state === 'audio-only') return createSilentStream({ since: fault.since, realNow, deadlines });
    const day = loops.get(spec.loop);
    const night = spec.nightLoop === undefined ? day : loops.get(spec.nightLoop);
    if (!day || !night) return undefined;
    const loopAt = (second: number) => (isNight(second) ? night : day);
    return createLoopStream({ loopAt, phaseS: Math.floor(spec.phaseS ?? 0), timeline: timelineUnder(fault), realNow, deadlines });
  };

  const ingestOf = (cameraId: string, { url }: RtspSpec): RtspIngest => {
    const known = ingests.get(cameraId);
    if (known?.url === url) return known.ingest;
    void known?.ingest.close();
    const ingest = createRtspIngest({ clock, log: log.child({ cameraId }), random: random.fork(cameraId), url, open: openSource });
    ingests.set(cameraId, { url, ingest });
    return ingest;
  };

  const serveRtsp = async (cameraId: string, spec: RtspSpec, file: string, query: MediaQuery, signal?: AbortSignal) => {
    if (!parseFileName(file)) return refusal(404);
    const ingest = ingestOf(cameraId, spec);
    ingest.touch();
    if (await ingest.stream.playable(FIRST_PICTURE_MS, signal)) return answerFile(ingest.stream, file, query, signal);
    const { state } = ingest.status();
    return refusal(state === 'unsupported-codec' ? 415 : 503, state);
  };

  return {
    async serve(cameraId, file, query = {}, signal) {
      const spec = cameras(cameraId);
      if (!spec) return refusal(404);
      const fault = faults(cameraId);
      if (fault?.state === 'lost') return refusal(503, 'lost');
      if (fault?.state === 'unsupported-codec') return refusal(415, 'unsupported-codec');
      if (spec.kind === 'rtsp') return serveRtsp(cameraId, spec, file, query, signal);
      const stream = loopStream(spec, fault);
      if (stream) return answerFile(stream, file, query, signal);
      log.warn({ cameraId, loop: spec.loop }, 'camera names a loop that does not exist');
      return refusal(404);
    },
    status: (cameraId) => ingests.get(cameraId)?.ingest.status(),
    async close() {
      deadlines.close();
      await Promise.all([...ingests.values()].map(({ ingest }) => ingest.close()));
    },
  };
}
