import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { lengthPrefixed, readElementaryStream } from './annexB.ts';
import { VIDEO_TIMESCALE, videoInit, type Sample } from './fmp4.ts';
import catalog from './loops/catalog.json' with { type: 'json' };

/** A short recording that plays for ever: every second begins with a key picture. */
export interface Loop {
  id: string;
  fps: number;
  samples: Sample[];
  init: Buffer;
  initId: string;
}

/** What the catalogue says of a loop. */
export interface LoopEntry {
  id: string;
  scene: string;
  light: string;
}

/** The demo recordings that ship with the product, read when first watched. */
export interface LoopLibrary {
  list(): readonly LoopEntry[];
  get(id: string): Loop | undefined;
}

/** Names an initialisation segment by its content, so that every node gives it the same name. */
export function initIdOf(init: Buffer): string {
  return createHash('sha256').update(init).digest('hex').slice(0, 8);
}

/** Takes an Annex B recording apart. Fails: throws unless it is whole seconds long and each begins with a key picture. */
export function readLoop(id: string, fps: number, stream: Buffer): Loop {
  const { units, sps, pps } = readElementaryStream(stream);
  const isCutBySecond = units.length > 0 && units.length % fps === 0 && units.every((unit, index) => index % fps !== 0 || unit.isKey);
  if (!isCutBySecond) throw new Error(`loop ${id} is not cut into seconds that begin with a key picture`);
  const duration = VIDEO_TIMESCALE / fps;
  const samples = units.map((unit) => ({ data: lengthPrefixed(unit.nals), isKey: unit.isKey, duration, compositionOffset: 0 }));
  const init = videoInit(sps, pps);
  return { id, fps, samples, init, initId: initIdOf(init) };
}

export function createLoopLibrary(folder = new URL('./loops/', import.meta.url)): LoopLibrary {
  const opened = new Map<string, Loop>();
  return {
    list: () => catalog.loops,
    get(id) {
      const entry = catalog.loops.find((candidate) => candidate.id === id);
      if (!entry) return undefined;
      let loop = opened.get(id);
      if (!loop) {
        loop = readLoop(id, catalog.fps, readFileSync(new URL(`${id}.h264`, folder)));
        opened.set(id, loop);
      }
      return loop;
    },
  };
}
