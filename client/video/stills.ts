import { createTruth, DEFINITE_TROUBLES, observe, TRUTH_LIMITS, type Observation, type PictureTruth } from './truth.ts';

/** One tile that shows stills. */
export interface StillTile {
  canvas: HTMLCanvasElement;
  /** Address of the camera's `index.m3u8`; its still lies beside it. */
  src: string;
  onState: (truth: PictureTruth) => void;
}

export interface StillPicture {
  truth(): PictureTruth;
  capturedAt(): number | undefined;
  close(): void;
}

/** Draws a fresh picture on each of its tiles in turn, with one hidden decoder for all of them. */
export interface StillReader {
  show(tile: StillTile): StillPicture;
  close(): void;
}

export interface StillReaderDeps {
  now?: () => number;
  /** How often each tile gets a picture. Units: ms. */
  everyMs?: number;
}

interface Entry extends StillTile {
  dueAt: number;
  memory: ReturnType<typeof createTruth>;
}

/** The address of the still beside a playlist. */
export function stillAddress(src: string): string {
  return src.replace(/index\.m3u8(\?.*)?$/, 'still.mp4');
}

const PATIENCE_MS = 3000;

function decoded(video: HTMLVideoElement, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (isDrawn: boolean) => {
      clearTimeout(limit);
      video.onloadeddata = video.onerror = null;
      resolve(isDrawn);
    };
    const limit = setTimeout(() => done(false), PATIENCE_MS);
    video.onloadeddata = () => done(true);
    video.onerror = () => done(false);
    video.src = address;
  });
}

export function createStillReader({ now = () => Date.now(), everyMs = 1900 }: StillReaderDeps = {}): StillReader {
  const entries = new Set<Entry>();
  const video = document.createElement('video');
  video.muted = true;
  video.preload = 'auto';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isBusy = false;
  let isClosed = false;

  const see = (entry: Entry, seen: Observation) => {
    const before = entry.memory.truth;
    entry.memory = observe(entry.memory, seen);
    if (entries.has(entry) && entry.memory.truth !== before) entry.onState(entry.memory.truth);
  };

  const draw = async (entry: Entry): Promise<Observation> => {
    const response = await fetch(stillAddress(entry.src), { credentials: 'same-origin', cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
    const said = response.headers.get('x-camera-state');
    const trouble = response.status === 401 || response.status === 403 ? 'refused' : DEFINITE_TROUBLES.find((one) => one === said);
    if (trouble) return { kind: 'trouble', at: now(), trouble };
    if (response.status === 415) return { kind: 'trouble', at: now(), trouble: 'unsupported-codec' };
    if (!response.ok) return { kind: 'trouble', at: now(), trouble: 'network' };
    const capturedAt = Number(response.headers.get('x-captured-at'));
    const address = URL.createObjectURL(new Blob([await response.arrayBuffer()], { type: 'video/mp4' }));
    const isDrawn = await decoded(video, address);
    URL.revokeObjectURL(address);
    if (!isDrawn) return { kind: 'trouble', at: now(), trouble: 'unsupported-codec' };
    if (entry.canvas.width !== video.videoWidth) entry.canvas.width = video.videoWidth;
    if (entry.canvas.height !== video.videoHeight) entry.canvas.height = video.videoHeight;
    entry.canvas.getContext('2d')?.drawImage(video, 0, 0);
    return { kind: 'still', at: now(), capturedAt };
  };

  const serveNext = async () => {
    const next = [...entries].sort((a, b) => a.dueAt - b.dueAt)[0];
    if (!next || isBusy || isClosed) return;
    const waitMs = document.hidden ? everyMs : next.dueAt - now();
    clearTimeout(timer);
    if (waitMs > 0) {
      timer = setTimeout(() => void serveNext(), waitMs);
      return;
    }
    isBusy = true;
    next.dueAt = now() + everyMs;
    const seen = await draw(next).catch((): Observation => ({ kind: 'trouble', at: now(), trouble: 'network' }));
    see(next, seen);
    see(next, { kind: 'tick', at: now(), mediaTimeS: 0 });
    isBusy = false;
    void serveNext();
  };

  return {
    show(tile) {
      const at = now();
      const entry: Entry = { ...tile, dueAt: at, memory: createTruth(TRUTH_LIMITS.grid, at) };
      entries.add(entry);
      tile.onState(entry.memory.truth);
      void serveNext();
      return {
        truth: () => entry.memory.truth,
        capturedAt: () => entry.memory.capturedAt,
        close: () => void entries.delete(entry),
      };
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
      entries.clear();
      video.removeAttribute('src');
      video.load();
    },
  };
}
