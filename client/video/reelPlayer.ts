import type { Reel, ReelFilm } from './reel.ts';

/** What a tile of the past shows: the recording of the moment, nothing because nothing was recorded or it goes by too fast, or why it can not. */
export type ReelState = 'loading' | 'recorded' | 'no-recording' | 'fast' | 'away' | 'unsupported-codec';

export interface ReelPlayerDeps {
  video: HTMLVideoElement;
  reel: Reel;
  onState: (state: ReelState) => void;
}

export interface ReelPlayer {
  /** When the picture shown was taken. Units: epoch ms. */
  capturedAt(): number | undefined;
  close(): void;
}

const TICK_MS = 250;
/** Up to this rate film plays, beyond it is looked at picture by picture, and beyond the last no film is had in time. */
const RATES = { played: 8, looked: 60 };
/** The next piece is asked for this long before the last one ends. Units: seconds as they are shown. */
const LEAD_S = 12;
/** How far a picture may be from its moment while it plays, and while it stands. Units: seconds. */
const OFF_S = { playing: 0.6, standing: 0.05 };
/** Where nothing was recorded the camera is asked again this much further on, or later. Units: ms. */
const EMPTY_MS = 10_000;
const AGAIN_MS = 4000;
/** What comes after the film at hand is asked for this often: behind the present it is only just being recorded. Units: ms. */
const AHEAD_EVERY_MS = 2000;
/** Film that was asked for is no longer waited for when the moment has gone this far past it. Units: ms as they are shown. */
const PATIENCE_MS = 30_000;
/** An answer sooner than this is no reason to ask ahead of the moment. Units: ms. */
const SLOW_MS = 2000;
/** Film this far behind the moment shown is given back. Units: seconds. */
const KEPT_BEHIND_S = 120;
/** Second zero of the element lies this far before the first moment, so that one can go back. Units: ms. */
const REACH_MS = 400 * 86_400_000;

/** Starts an act of a buffer and waits for its end. */
function finished(buffer: SourceBuffer, act: () => void): Promise<void> {
  const heard = new AbortController();
  const hearing = { signal: heard.signal };
  return new Promise<void>((resolve, reject) => {
    buffer.addEventListener('error', () => reject(new Error('film could not be read')), hearing);
    buffer.addEventListener('updateend', () => resolve(), hearing);
    act();
  }).finally(() => heard.abort());
}

/** Plays what was recorded of a camera in step with the moment the page looks back at: same second, same speed, standing when it stands. */
export function createReelPlayer({ video, reel, onState }: ReelPlayerDeps): ReelPlayer {
  const media = new MediaSource();
  const address = URL.createObjectURL(media);
  const opened = new Promise<void>((resolve) => media.addEventListener('sourceopen', () => resolve(), { once: true }));
  const zeroAt = reel.momentNow() - REACH_MS;
  let buffer: SourceBuffer | undefined;
  let state: ReelState = 'loading';
  let asked: { moment: number; at: number; stop: AbortController } | undefined;
  let empty: { from: number; to: number; until: number } | undefined;
  let awayUntil = 0;
  let aheadAt = 0;
  /** How long the last film took to come. */
  let tookMs = 0;
  let shownS: number | undefined;
  let isClosed = false;

  const secondOf = (at: number) => (at - zeroAt) / 1000;
  const tell = (next: ReelState) => {
    if (next === state || isClosed) return;
    state = next;
    onState(next);
  };

  /** Where the film that holds this second ends; undefined when it is not there. */
  const endOf = (second: number): number | undefined => {
    const { buffered } = video;
    for (let index = 0; index < buffered.length; index += 1) if (buffered.start(index) <= second + OFF_S.standing && second < buffered.end(index)) return buffered.end(index);
    return undefined;
  };

  const append = async ({ bytes, type, startsAt }: ReelFilm): Promise<void> => {
    await opened;
    if (isClosed) return;
    if (!MediaSource.isTypeSupported(type)) return tell('unsupported-codec');
    if (buffer) buffer.changeType(type);
    else buffer = media.addSourceBuffer(type);
    const into = buffer;
    const oldS = secondOf(reel.momentNow()) - KEPT_BEHIND_S;
    if (into.buffered.length > 0 && into.buffered.start(0) < oldS) await finished(into, () => into.remove(0, oldS));
    if (isClosed) return;
    into.timestampOffset = secondOf(startsAt);
    await finished(into, () => into.appendBuffer(bytes));
  };

  const isEmpty = (at: number) => empty !== undefined && at >= empty.from && at < empty.to && performance.now() < empty.until;
  const markEmpty = (from: number, to: number) => {
    empty = { from, to, until: performance.now() + EMPTY_MS };
  };

  const ask = async (moment: number, at: number): Promise<void> => {
    const stop = new AbortController();
    const startedAt = performance.now();
    asked = { moment, at, stop };
    try {
      const film = await reel.film(at, stop.signal);
      if (isClosed || stop.signal.aborted) return;
      tookMs = performance.now() - startedAt;
      if (film) await append(film);
      const isAhead = endOf(secondOf(moment)) !== undefined;
      if (!isAhead && endOf(secondOf(at)) === undefined) markEmpty(moment, Math.max(film?.startsAt ?? 0, at + EMPTY_MS * Math.max(1, reel.rate())));
    } catch {
      if (!stop.signal.aborted) awayUntil = performance.now() + AGAIN_MS;
    } finally {
      if (asked?.stop === stop) asked = undefined;
    }
  };

  const askOnce = (moment: number, at: number) => {
    if (!asked && !isEmpty(moment) && performance.now() >= awayUntil && state !== 'unsupported-codec') void ask(moment, at);
  };

  const follow = (second: number, rate: number) => {
    const isPlaying = rate > 0 && rate <= RATES.played;
    const allowedS = isPlaying ? OFF_S.playing * Math.max(1, rate) : OFF_S.standing;
    if (Math.abs(video.currentTime - second) > allowedS) video.currentTime = second;
    if (isPlaying) {
      video.playbackRate = rate;
      if (video.paused) void video.play().catch(() => undefined);
    } else if (!video.paused) video.pause();
  };

  const leave = () => {
    asked?.stop.abort();
    asked = undefined;
  };

  /** The film of the moment is not at hand. */
  const seek = (moment: number, rate: number) => {
    if (!video.paused) video.pause();
    if (asked && (moment < asked.moment - 1000 || moment > asked.at + PATIENCE_MS * Math.max(1, rate))) leave();
    askOnce(moment, tookMs < SLOW_MS ? moment : moment + tookMs * rate);
    if (state !== 'unsupported-codec') tell(isEmpty(moment) ? 'no-recording' : performance.now() < awayUntil ? 'away' : 'loading');
  };

  const askAhead = (moment: number, endS: number) => {
    const now = performance.now();
    if (now < aheadAt) return;
    aheadAt = now + AHEAD_EVERY_MS;
    askOnce(moment, zeroAt + Math.ceil(endS * 1000));
  };

  const tick = () => {
    const [moment, rate] = [reel.momentNow(), reel.rate()];
    const second = secondOf(moment);
    if (rate > RATES.looked) {
      leave();
      return tell('fast');
    }
    const endS = endOf(second);
    if (endS === undefined) return seek(moment, rate);
    follow(second, rate);
    if (rate > 0 && endS - second < LEAD_S * rate) askAhead(moment, endS);
    const isThere = shownS !== undefined && Math.abs(shownS - second) < 1 + OFF_S.playing * Math.max(1, rate) * 2;
    tell(isThere ? 'recorded' : 'loading');
  };

  const onFrame: VideoFrameRequestCallback = (_time, frame) => {
    shownS = frame.mediaTime;
    frameRequest = video.requestVideoFrameCallback(onFrame);
  };

  video.muted = true;
  video.playsInline = true;
  video.src = address;
  let frameRequest = video.requestVideoFrameCallback(onFrame);
  const ticking = setInterval(tick, TICK_MS);
  onState(state);
  tick();

  return {
    capturedAt: () => (state === 'recorded' && shownS !== undefined ? zeroAt + shownS * 1000 : undefined),
    close() {
      isClosed = true;
      clearInterval(ticking);
      leave();
      video.cancelVideoFrameCallback(frameRequest);
      video.removeAttribute('src');
      video.load();
      URL.revokeObjectURL(address);
    },
  };
}
