import type Hls from 'hls.js';
import type { ErrorData, LevelDetails } from 'hls.js';
import { decodableCodecs } from './capability.ts';
import { beginBefore, HLS_SETTINGS, playlistAddress, REBUFFER_S, type PlayerMode } from './hlsSettings.ts';
import { createLineLoader, type PictureLine } from './lineLoader.ts';
import { createTruth, DEFINITE_TROUBLES, observe, TRUTH_LIMITS, type Observation, type PictureState, type PictureTruth, type Trouble } from './truth.ts';

export interface PlayerDeps {
  video: HTMLVideoElement;
  /** Address of the camera's `index.m3u8`. */
  src: string;
  mode: PlayerMode;
  onState: (truth: PictureTruth) => void;
  /** Carries pictures that shall come with little delay; without it they come by HTTP. */
  line?: PictureLine | undefined;
  /** The server's wall time in epoch ms, so that a wrong clock on the PC does not call a live picture late. */
  now?: () => number;
}

/** Plays one camera in one video element and says what is true of the picture. */
export interface Player {
  truth(): PictureTruth;
  /** Wall time of the picture shown. Units: epoch ms. */
  capturedAt(): number | undefined;
  /** Jumps to the newest picture. */
  toLive(): void;
  close(): void;
}

const TICK_MS = 500;
/** A picture that stays away this long is asked for anew. */
const RELOAD_AFTER_MS = 8000;
/** After a definite no of a camera it is asked again this often, after one to this person more seldom. */
const RETRY_MS = { definite: 4000, refused: 30_000 };

/** How far behind its target a player may be before it skips ahead. Units: seconds. */
const SKIP_BEYOND_S: Record<PlayerMode, number> = { grid: 2, quick: 0.5, focus: 0.5 };
const SKIP_EVERY_MS = 4000;

const CODEC_ERRORS = new Set<string>(['manifestIncompatibleCodecsError', 'bufferAddCodecError', 'bufferIncompatibleCodecsError']);

/** Reads from an hls.js error what it means for the viewer; `undefined` when nothing is missing yet. */
export function troubleOf(error: Pick<ErrorData, 'type' | 'details' | 'response' | 'networkDetails'>): Trouble | undefined {
  const status = error.response?.code;
  const request = error.networkDetails as Partial<XMLHttpRequest> | null | undefined;
  const said = [error.response?.text, request?.getResponseHeader?.('x-camera-state')];
  if (status === 401 || status === 403) return 'refused';
  const definite = DEFINITE_TROUBLES.find((trouble) => said.includes(trouble));
  if (definite) return definite;
  if (status === 415 || CODEC_ERRORS.has(error.details)) return 'unsupported-codec';
  return error.type === 'networkError' ? 'network' : undefined;
}

function bufferedAhead(video: HTMLVideoElement): number {
  const { buffered, currentTime } = video;
  for (let index = 0; index < buffered.length; index += 1) {
    if (buffered.start(index) <= currentTime + 0.1 && currentTime < buffered.end(index)) return buffered.end(index) - currentTime;
  }
  return 0;
}

/** A segment as a playlist announces it. Units: epoch ms. */
export interface Announced {
  sn: number;
  startsAt: number | null;
}

/** A segment that was announced keeps its beginning; one of another server may have its number but never its moment. Units: ms. */
const SAME_MOMENT_MS = 500;

/**
 * Whether a playlist begins again: its numbers end before what was already announced or begin after a gap, or the newest number known
 * now means another moment. The server that made it is another one, or the camera was opened anew; a player would wait for the old numbers.
 */
export function hasBegunAgain(newest: Announced | undefined, seen: readonly Announced[]): boolean {
  const [first, last] = [seen[0], seen.at(-1)];
  if (!newest || !first || !last) return false;
  if (last.sn < newest.sn || first.sn > newest.sn + 1) return true;
  const startsAt = seen.find(({ sn }) => sn === newest.sn)?.startsAt ?? null;
  return startsAt !== null && newest.startsAt !== null && Math.abs(startsAt - newest.startsAt) > SAME_MOMENT_MS;
}

export function createPlayer({ video, src, mode, onState, line, now = () => Date.now() }: PlayerDeps): Player {
  let hls: Hls | undefined;
  let isClosed = false;
  let attempt = 0;
  let startedAt = now();
  let isHolding = false;
  let isBroken = false;
  let skippedAt = 0;
  let grownAt = 0;
  let growsSince = 0;
  let newest: Announced | undefined;
  let wasHidden = false;
  let hasPicture: boolean | undefined;
  let memory = createTruth(TRUTH_LIMITS[mode], startedAt);

  const see = (seen: Observation) => {
    const before = memory.truth;
    memory = observe(memory, seen);
    if (memory.truth !== before) onState(memory.truth);
  };

  const capturedAt = () => {
    const date = hls?.playingDate;
    return date ? date.getTime() : undefined;
  };

  const onError = (data: ErrorData) => {
    const trouble = troubleOf(data);
    if (trouble) see({ kind: 'trouble', at: now(), trouble });
    if (trouble && trouble !== 'network') stop();
    else if (data.fatal && data.type === 'mediaError') hls?.recoverMediaError();
    else if (data.fatal) isBroken = true;
  };

  const onLineTrouble = (status: number) => {
    if (status === 0 || status >= 500) see({ kind: 'trouble', at: now(), trouble: 'network' });
  };

  const stop = () => {
    hls?.destroy();
    hls = undefined;
  };

  const beginWithTheClock = ({ fragments, targetduration }: LevelDetails) => {
    const beforeS = beginBefore(fragments.at(-1)?.endProgramDateTime ?? null, targetduration, now());
    if (hls && beforeS !== undefined) hls.targetLatency = beforeS;
  };

  const start = async () => {
    stop();
    attempt += 1;
    const mine = attempt;
    startedAt = now();
    hasPicture = undefined;
    isBroken = false;
    newest = undefined;
    see({ kind: 'started', at: startedAt });
    const { default: Library } = await import('hls.js/light');
    if (isClosed || mine !== attempt) return;
    if (!Library.isSupported()) {
      see({ kind: 'trouble', at: now(), trouble: 'unsupported-codec' });
      return;
    }
    hls = new Library({ ...HLS_SETTINGS[mode], ...(line && mode !== 'grid' ? { loader: createLineLoader(line, onLineTrouble) } : {}) });
    hls.on(Library.Events.ERROR, (_event, data) => onError(data));
    hls.on(Library.Events.LEVEL_UPDATED, (_event, { details }) => {
      if (!details.advanced) return;
      const at = now();
      if (at - grownAt > RELOAD_AFTER_MS) growsSince = at;
      grownAt = at;
    });
    hls.on(Library.Events.LEVEL_LOADED, (_event, { details }) => {
      const seen = details.fragments.map(({ sn, programDateTime }) => ({ sn: Number(sn), startsAt: programDateTime }));
      if (hasBegunAgain(newest, seen)) void start();
      else newest = seen.at(-1);
    });
    if (mode === 'grid') hls.once(Library.Events.LEVEL_UPDATED, (_event, { details }) => beginWithTheClock(details));
    hls.on(Library.Events.BUFFER_CODECS, (_event, tracks) => {
      hasPicture = tracks.video !== undefined || tracks.audiovideo !== undefined;
    });
    hls.loadSource(playlistAddress(src, mode, decodableCodecs().h265));
    hls.attachMedia(video);
    play();
  };

  /** An AbortError only says that the element was paused or given another source meanwhile: the next tick plays again. */
  const onPlayRefused = (error: DOMException) => {
    if (error.name === 'NotSupportedError') see({ kind: 'trouble', at: now(), trouble: 'unsupported-codec' });
  };
  const play = () => void video.play().catch(onPlayRefused);

  const onWaiting = () => {
    isHolding = true;
    video.pause();
  };

  const toLive = () => {
    const edge = hls?.liveSyncPosition;
    if (edge) video.currentTime = edge;
  };

  /** Catching up by speed alone takes half a minute; what is already buffered can be skipped at once. */
  const isSkippable = (at: number) => {
    if (!hls || at - skippedAt < SKIP_EVERY_MS) return false;
    const behindS = hls.latency - (hls.targetLatency ?? Infinity);
    return behindS > SKIP_BEYOND_S[mode] && bufferedAhead(video) > behindS + 0.2;
  };

  const keepPlaying = () => {
    if (video.paused && bufferedAhead(video) >= (isHolding ? REBUFFER_S[mode] : 0.1)) {
      isHolding = false;
      play();
    }
  };

  /** How long this state may last before the source is asked for anew. A frozen camera whose playlist stands still is only waited for: to load it again would replay old pictures. */
  const patience = (state: PictureState, at: number) => {
    if (state === 'refused') return RETRY_MS.refused;
    if (DEFINITE_TROUBLES.some((trouble) => trouble === state)) return RETRY_MS.definite;
    if (state !== 'frozen' && state !== 'lost') return Infinity;
    return isBroken || at - grownAt < RELOAD_AFTER_MS ? RELOAD_AFTER_MS : Infinity;
  };

  const tick = () => {
    const at = now();
    if (document.hidden) {
      wasHidden = true;
      return;
    }
    if (wasHidden) see({ kind: 'resumed', at });
    wasHidden = false;
    see({ kind: 'tick', at, mediaTimeS: video.currentTime, capturedAt: capturedAt(), hasPicture });
    keepPlaying();
    const { state, since } = memory.truth;
    const patienceMs = patience(state, at);
    if (at - Math.max(since, startedAt, isBroken ? 0 : growsSince) > patienceMs) void start();
    else if (isSkippable(at)) {
      skippedAt = at;
      toLive();
    }
  };

  let frameRequest = 0;
  const onFrame: VideoFrameRequestCallback = (_time, frame) => {
    see({ kind: 'frame', at: now(), mediaTimeS: frame.mediaTime });
    frameRequest = video.requestVideoFrameCallback(onFrame);
  };

  video.muted = true;
  video.playsInline = true;
  video.addEventListener('waiting', onWaiting);
  frameRequest = video.requestVideoFrameCallback(onFrame);
  const ticking = setInterval(tick, TICK_MS);
  onState(memory.truth);
  void start();

  return {
    truth: () => memory.truth,
    capturedAt,
    toLive,
    close() {
      isClosed = true;
      clearInterval(ticking);
      video.cancelVideoFrameCallback(frameRequest);
      video.removeEventListener('waiting', onWaiting);
      stop();
      video.removeAttribute('src');
      video.load();
    },
  };
}
