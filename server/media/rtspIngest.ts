import type { CameraCodec } from '#contract/cameras.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Random } from '../kernel/random.ts';
import { openWithFfmpeg, type OpenSource, type Source, type SourceEnd } from './ffmpegSource.ts';
import { VIDEO_TIMESCALE, videoInit } from './fmp4.ts';
import type { SourceTrack, TimedSample } from './fragmentReader.ts';
import { createLivePackager, type LivePackager } from './livePackager.ts';
import { parameterSets } from './parameterSets.ts';

/** How a camera's connection stands. */
export type IngestState = 'transcoders-busy' | 'idle' | 'connecting' | 'live' | 'stalled' | 'backoff' | 'auth-failed' | 'unreachable' | 'unsupported-codec' | 'audio-only' | 'no-ffmpeg' | 'refused-address';

export interface IngestStatus {
  state: IngestState;
  /** Units: epoch ms, real time. */
  since: number;
  /** What the camera was last seen to send. */
  codec?: CameraCodec | null;
}

/** One camera: a single upstream connection for all its viewers, opened at the first and closed after the last. */
export interface RtspIngest {
  stream: LivePackager;
  status(): IngestStatus;
  /** A viewer asked for something. */
  touch(): void;
  close(): Promise<void>;
}

export interface RtspIngestDeps {
  clock: Pick<Clock, 'realNow'>;
  log: Log;
  random: Random;
  url: string;
  open?: OpenSource;
}

/** Units: ms. */
export const INGEST = { idleStopMs: 20_000, watchdogMs: 4000, connectMs: 10_000, firstBackoffMs: 500, longestBackoffMs: 5000, slowRetryMs: 60_000, definiteRetryMs: 6000, steadyMs: 10_000 } as const;

const CHECK_MS = 250;

/** Waiting time before attempt `failures`, doubled each time and spread by a quarter so that cameras do not return all at once. Units: ms. */
export function backoffMs(failures: number, random: Pick<Random, 'next'>): number {
  const plain = Math.min(INGEST.longestBackoffMs, INGEST.firstBackoffMs * 2 ** Math.max(0, failures - 1));
  return plain * (0.75 + random.next() * 0.5);
}

/** Browsers ask for `hvc1` where ffmpeg writes `hev1`; the parameter sets are in the box either way. */
function withBrowserCodec(track: SourceTrack): SourceTrack {
  const at = track.codec === 'hev1' ? track.init.indexOf('hev1', 0, 'latin1') : -1;
  if (at < 0) return track;
  const init = Buffer.from(track.init);
  init.write('hvc1', at, 'latin1');
  return { ...track, init, codec: 'hvc1' };
}

const CODECS: Readonly<Record<string, CameraCodec>> = { avc1: 'h264', avc3: 'h264', hvc1: 'h265', hev1: 'h265' };

/** What is shown after a connection ended. */
const AFTER: Record<SourceEnd, IngestState> = {
  ended: 'backoff',
  'bad-stream': 'backoff',
  unreachable: 'unreachable',
  'audio-only': 'audio-only',
  'unsupported-codec': 'unsupported-codec',
  'auth-failed': 'auth-failed',
  'no-ffmpeg': 'no-ffmpeg',
  'refused-address': 'refused-address',
};

/** When a camera is asked again that said a definite no: seldom after a wrong password, since some lock an account after a few. Units: ms. */
const DEFINITE_MS: Partial<Record<IngestState, number>> = {
  'auth-failed': INGEST.slowRetryMs,
  'unsupported-codec': INGEST.definiteRetryMs,
  'audio-only': INGEST.definiteRetryMs,
  'no-ffmpeg': INGEST.definiteRetryMs,
  'refused-address': INGEST.definiteRetryMs,
};

export function createRtspIngest({ clock, log, random, url, open = openWithFfmpeg }: RtspIngestDeps): RtspIngest {
  const stream = createLivePackager(() => clock.realNow());
  let status: IngestStatus = { state: 'idle', since: clock.realNow() };
  let source: Source | undefined;
  let checking: NodeJS.Timeout | undefined;
  let touchedAt = -Infinity;
  let sampledAt = -Infinity;
  let retryAt = Infinity;
  let failures = 0;
  let playing: SourceTrack | undefined;
  let ended: (() => void) | undefined;

  const enter = (state: IngestState) => {
    if (state === status.state) return;
    if (state === 'live') log.info({ state }, 'camera is live');
    else if (status.state === 'live' && state !== 'idle') log.warn({ state }, 'camera is gone');
    status = { ...status, state, since: clock.realNow() };
  };

  const retryIn = (state: IngestState) => {
    failures += 1;
    retryAt = clock.realNow() + (DEFINITE_MS[state] ?? backoffMs(failures, random));
    enter(state);
    if (!stream.window()) stream.release();
  };

  const begin = (track: SourceTrack) => {
    playing = track;
    stream.begin(track);
  };

  /** ffmpeg writes the form of the picture once, at the beginning. A camera that changes it, or that described itself wrongly, gets a new beginning. */
  const followForm = ({ isKey, data }: TimedSample) => {
    const sets = isKey && status.codec === 'h264' && playing?.timescale === VIDEO_TIMESCALE ? parameterSets(data) : undefined;
    if (playing && sets && !playing.init.includes(sets.sps)) begin({ ...playing, init: videoInit(sets.sps, sets.pps) });
  };

  const connect = () => {
    enter('connecting');
    retryAt = Infinity;
    playing = undefined;
    const mine: Source = open(url, {
      onTrack(track) {
        if (source !== mine) return;
        status = { ...status, codec: CODECS[track.codec] ?? 'other' };
        if (track.codec in CODECS) {
          begin(withBrowserCodec(track));
          return;
        }
        drop();
        retryIn('unsupported-codec');
      },
      onSample(sample) {
        if (source !== mine) return;
        followForm(sample);
        sampledAt = clock.realNow();
        enter('live');
        stream.push(sample);
      },
      onEnd(reason) {
        ended?.();
        if (source !== mine) return;
        source = undefined;
        retryIn(AFTER[reason]);
      },
    });
    source = mine;
  };

  const drop = () => {
    const gone = source;
    source = undefined;
    gone?.stop();
  };

  const goIdle = () => {
    clearInterval(checking);
    checking = undefined;
    drop();
    stream.clear();
    failures = 0;
    enter('idle');
  };

  const check = () => {
    const now = clock.realNow();
    const { state, since } = status;
    if (now - touchedAt > INGEST.idleStopMs) goIdle();
    else if (now >= retryAt) connect();
    else if (state === 'live' && now - sampledAt > INGEST.watchdogMs) {
      drop();
      retryIn('stalled');
    } else if (state === 'connecting' && now - since > INGEST.connectMs) {
      drop();
      retryIn('unreachable');
    } else if (state === 'live' && now - since > INGEST.steadyMs) failures = 0;
  };

  return {
    stream,
    status: () => status,
    touch() {
      touchedAt = clock.realNow();
      if (checking) return;
      checking = setInterval(check, CHECK_MS);
      connect();
    },
    async close() {
      const wasOpen = source !== undefined;
      const over = new Promise<void>((resolve) => {
        ended = resolve;
      });
      goIdle();
      stream.release();
      if (wasOpen) await over;
    },
  };
}
