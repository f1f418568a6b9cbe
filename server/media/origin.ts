import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { timelineUnder, type CameraFault } from './cameraFault.ts';
import { createDeadlines } from './deadlines.ts';
import { createLoopLibrary, type LoopLibrary } from './loopLibrary.ts';
import { createLoopStream } from './loopStream.ts';
import { answerFile, refusal, type MediaAnswer, type MediaQuery } from './answer.ts';
import { createSilentStream } from './silentStream.ts';
import type { MediaStream } from './stream.ts';

/** Where a camera's pictures come from. */
export type CameraStreamSpec = LoopSpec;

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

export interface MediaOriginDeps {
  clock: Clock;
  log: Log;
  cameras: (cameraId: string) => CameraStreamSpec | undefined;
  faults?: (cameraId: string) => CameraFault | undefined;
  loops?: LoopLibrary;
}

/** Serves every camera's stream to whoever the caller has already let in. */
export interface MediaOrigin {
  serve(cameraId: string, file: string, query?: MediaQuery, signal?: AbortSignal): Promise<MediaAnswer>;
  close(): Promise<void>;
}

const VIETNAM_OFFSET_S = 7 * 3600;

/** Whether the street lamps of Đà Nẵng are on in this second. Shape: whole seconds since the Unix epoch. */
export function isNight(second: number): boolean {
  const hour = ((second + VIETNAM_OFFSET_S) % 86_400) / 3600;
  return hour >= 18 || hour < 5.5;
}

export function createMediaOrigin({ clock, log, cameras, faults = () => undefined, loops = createLoopLibrary() }: MediaOriginDeps): MediaOrigin {
  const deadlines = createDeadlines(clock);
  const realNow = () => clock.realNow();

  const loopStream = (spec: LoopSpec, fault: CameraFault | undefined): MediaStream | undefined => {
    if (fault?.state === 'audio-only') return createSilentStream({ since: fault.since, realNow, deadlines });
    const day = loops.get(spec.loop);
    const night = spec.nightLoop === undefined ? day : loops.get(spec.nightLoop);
    if (!day || !night) return undefined;
    const loopAt = (second: number) => (isNight(second) ? night : day);
    return createLoopStream({ loopAt, phaseS: Math.floor(spec.phaseS ?? 0), timeline: timelineUnder(fault), realNow, deadlines });
  };

  return {
    async serve(cameraId, file, query = {}, signal) {
      const spec = cameras(cameraId);
      if (!spec) return refusal(404);
      const fault = faults(cameraId);
      if (fault?.state === 'lost') return refusal(503, 'lost');
      if (fault?.state === 'unsupported-codec') return refusal(415, 'unsupported-codec');
      const stream = loopStream(spec, fault);
      if (!stream) {
        log.warn({ cameraId, loop: spec.loop }, 'camera names a loop that does not exist');
        return refusal(404);
      }
      return answerFile(stream, file, query, signal);
    },
    async close() {
      deadlines.close();
    },
  };
}
