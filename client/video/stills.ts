import { createStillDecoder, type StillDecoder } from './stillDecoder.ts';
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

/** Draws a fresh picture on each of its tiles in turn, with a few hidden decoders for all of them. */
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
  isServed: boolean;
  memory: ReturnType<typeof createTruth>;
}

/** The address of the still beside a playlist. */
export function stillAddress(src: string): string {
  return src.replace(/index\.m3u8(\?.*)?$/, 'still.mp4');
}

const PATIENCE_MS = 3000;
/** Most of the time of a still is waiting: so many are under way at once. */
const DECODERS = 3;
/** A still grows old while others are drawn, and then says so. */
const LOOK_MS = 500;

export function createStillReader({ now = () => Date.now(), everyMs = 1900 }: StillReaderDeps = {}): StillReader {
  const entries = new Set<Entry>();
  const decoders = Array.from({ length: DECODERS }, createStillDecoder);
  const free = [...decoders];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  const looking = setInterval(() => {
    for (const entry of entries) see(entry, { kind: 'tick', at: now(), mediaTimeS: 0 });
  }, LOOK_MS);

  const see = (entry: Entry, seen: Observation) => {
    const before = entry.memory.truth;
    entry.memory = observe(entry.memory, seen);
    if (entries.has(entry) && entry.memory.truth !== before) entry.onState(entry.memory.truth);
  };

  const draw = async (entry: Entry, decoder: StillDecoder): Promise<Observation> => {
    const response = await fetch(stillAddress(entry.src), { credentials: 'same-origin', cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
    const said = response.headers.get('x-camera-state');
    const trouble = response.status === 401 || response.status === 403 ? 'refused' : DEFINITE_TROUBLES.find((one) => one === said);
    if (trouble) return { kind: 'trouble', at: now(), trouble };
    if (response.status === 415) return { kind: 'trouble', at: now(), trouble: 'unsupported-codec' };
    if (!response.ok) return { kind: 'trouble', at: now(), trouble: 'network' };
    const capturedAt = Number(response.headers.get('x-captured-at'));
    const outcome = await decoder.draw(new Blob([await response.arrayBuffer()], { type: 'video/mp4' }), entry.canvas);
    if (outcome === 'undecodable') return { kind: 'trouble', at: now(), trouble: 'unsupported-codec' };
    if (outcome === 'slow') return { kind: 'tick', at: now(), mediaTimeS: 0 };
    return { kind: 'still', at: now(), capturedAt };
  };

  const serve = async (entry: Entry, decoder: StillDecoder) => {
    entry.isServed = true;
    entry.dueAt = now() + everyMs;
    const seen = await draw(entry, decoder).catch((): Observation => ({ kind: 'trouble', at: now(), trouble: 'network' }));
    see(entry, seen);
    entry.isServed = false;
    free.push(decoder);
    serveNext();
  };

  const serveNext = () => {
    clearTimeout(timer);
    while (free.length > 0 && !isClosed) {
      const next = [...entries].filter(({ isServed }) => !isServed).sort((a, b) => a.dueAt - b.dueAt)[0];
      if (!next) return;
      const waitMs = document.hidden ? everyMs : next.dueAt - now();
      if (waitMs > 0) {
        timer = setTimeout(serveNext, waitMs);
        return;
      }
      void serve(next, free.pop()!);
    }
  };

  return {
    show(tile) {
      const at = now();
      const entry: Entry = { ...tile, dueAt: at, isServed: false, memory: createTruth(TRUTH_LIMITS.grid, at) };
      entries.add(entry);
      tile.onState(entry.memory.truth);
      serveNext();
      return {
        truth: () => entry.memory.truth,
        capturedAt: () => entry.memory.capturedAt,
        close: () => void entries.delete(entry),
      };
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
      clearInterval(looking);
      entries.clear();
      for (const decoder of decoders) decoder.close();
    },
  };
}
