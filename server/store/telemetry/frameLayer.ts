import { encodeFrame, POSITION_STEPS, type Frame, type FrameLayer } from '#contract/frame.ts';
import { filled } from '#contract/nearMoves.ts';

const FIRST_SIZE = 256;
const FARTHEST_OFFSET = 32_767;

/** What a slot shows. Units: degrees, degrees clockwise from north, km/h; `kind` as the layer defines it. */
export interface SlotValue {
  position: readonly [number, number];
  headingDeg: number;
  speedKmh: number;
  kind: number;
}

/** One layer of moving things as columns: what is known now, and what those who follow were told last. */
export interface FrameColumns {
  set(slot: number, value: SlotValue): void;
  remove(slot: number): void;
  /** What changed since the last delta, or undefined when nothing did. The next frame number is used only then. */
  delta(at: number): Uint8Array | undefined;
  /** Everything as those who follow were told it: the next delta continues from here. */
  keyFrame(at: number): Uint8Array;
  /** Everything as it is now, outside the numbering. */
  still(at: number): Uint8Array;
  /** Takes the present as told, when nobody follows. */
  settle(): void;
  count(): number;
}

interface Columns {
  isThere: Uint8Array;
  lon: Int32Array;
  lat: Int32Array;
  heading: Uint8Array;
  speed: Uint8Array;
  kind: Uint8Array;
}

const NAMES = ['isThere', 'lon', 'lat', 'heading', 'speed', 'kind'] as const;

const createColumns = (size: number): Columns => ({
  isThere: new Uint8Array(size), lon: new Int32Array(size), lat: new Int32Array(size),
  heading: new Uint8Array(size), speed: new Uint8Array(size), kind: new Uint8Array(size),
});

const bytesAt = (column: Uint8Array, slots: Uint32Array): Uint8Array => filled(new Uint8Array(slots.length), column, slots);

/** Slots that hold something, in their order. */
function slotsOf({ isThere }: Columns): Uint32Array {
  const slots = new Uint32Array(isThere.length);
  let count = 0;
  for (let slot = 0; slot < isThere.length; slot++) if (isThere[slot] === 1) slots[count++] = slot;
  return slots.subarray(0, count);
}

/** `movesByOffset`: small moves travel as offsets without their kind; otherwise every change is placed anew. */
export function createFrameColumns(layer: FrameLayer, { movesByOffset }: { movesByOffset: boolean }): FrameColumns {
  let now = createColumns(FIRST_SIZE);
  let told = createColumns(FIRST_SIZE);
  let dirty = new Set<number>();
  let number = 1;
  let kept: { number: number; bytes: Uint8Array } | undefined;

  const grow = (slot: number) => {
    if (slot < now.lon.length) return;
    const size = 2 ** Math.ceil(Math.log2(slot + 1));
    for (const columns of [now, told]) {
      const larger = createColumns(size);
      for (const name of NAMES) larger[name].set(columns[name]);
      if (columns === now) now = larger;
      else told = larger;
    }
  };
  const tell = (slot: number) => {
    for (const name of NAMES) told[name][slot] = now[name][slot]!;
  };
  const isSame = (slot: number) =>
    told.lon[slot] === now.lon[slot] && told.lat[slot] === now.lat[slot] && told.heading[slot] === now.heading[slot] &&
    told.speed[slot] === now.speed[slot] && told.kind[slot] === now.kind[slot] && told.isThere[slot] === now.isThere[slot];
  const canMove = (slot: number) =>
    movesByOffset &&
    now.kind[slot] === told.kind[slot] &&
    Math.abs(now.lon[slot]! - told.lon[slot]!) <= FARTHEST_OFFSET &&
    Math.abs(now.lat[slot]! - told.lat[slot]!) <= FARTHEST_OFFSET;

  const frameOf = (columns: Columns, slots: Uint32Array, more: Partial<Pick<Frame, 'moved' | 'removed'>>, head: Pick<Frame, 'isKey' | 'number' | 'at'>): Frame => ({
    layer, ...head,
    placed: {
      slot: slots,
      lon: filled(new Int32Array(slots.length), columns.lon, slots),
      lat: filled(new Int32Array(slots.length), columns.lat, slots),
      heading: bytesAt(columns.heading, slots),
      speed: bytesAt(columns.speed, slots),
      kind: bytesAt(columns.kind, slots),
    },
    moved: more.moved ?? movedOf(new Uint32Array(0)),
    removed: more.removed ?? new Uint32Array(0),
  });
  const movedOf = (slots: Uint32Array): Frame['moved'] => {
    const [dLon, dLat] = [new Int16Array(slots.length), new Int16Array(slots.length)];
    for (let n = 0; n < slots.length; n++) {
      dLon[n] = now.lon[slots[n]!]! - told.lon[slots[n]!]!;
      dLat[n] = now.lat[slots[n]!]! - told.lat[slots[n]!]!;
    }
    return { slot: slots, dLon, dLat, heading: bytesAt(now.heading, slots), speed: bytesAt(now.speed, slots) };
  };

  return {
    set(slot, { position: [lon, lat], headingDeg, speedKmh, kind }) {
      grow(slot);
      now.isThere[slot] = 1;
      now.lon[slot] = Math.round(lon * POSITION_STEPS);
      now.lat[slot] = Math.round(lat * POSITION_STEPS);
      now.heading[slot] = Math.round((headingDeg / 360) * 256) % 256;
      now.speed[slot] = Math.min(255, Math.round(speedKmh));
      now.kind[slot] = kind;
      dirty.add(slot);
    },
    remove(slot) {
      for (const name of NAMES) now[name][slot] = 0;
      dirty.add(slot);
    },
    delta(at) {
      // In the order of their slots: neighbours cost a byte.
      const changed = Uint32Array.from(dirty).sort().filter((slot) => !isSame(slot));
      dirty = new Set();
      if (changed.length === 0) return undefined;
      const removed = changed.filter((slot) => now.isThere[slot] === 0);
      const there = changed.filter((slot) => now.isThere[slot] === 1);
      const [moved, placed] = [true, false].map((moves) => there.filter((slot) => (told.isThere[slot] === 1 && canMove(slot)) === moves)) as [Uint32Array, Uint32Array];
      number += 1;
      const bytes = encodeFrame(frameOf(now, placed, { moved: movedOf(moved), removed }, { isKey: false, number, at }));
      changed.forEach(tell);
      return bytes;
    },
    keyFrame(at) {
      if (kept?.number !== number) kept = { number, bytes: encodeFrame(frameOf(told, slotsOf(told), {}, { isKey: true, number, at })) };
      return kept.bytes;
    },
    still: (at) => encodeFrame(frameOf(now, slotsOf(now), {}, { isKey: true, number: 0, at })),
    settle() {
      if (dirty.size === 0) return;
      dirty.forEach(tell);
      dirty = new Set();
      number += 1;
    },
    count: () => now.isThere.reduce((sum, one) => sum + one, 0),
  };
}
