import { POSITION_STEPS, type Frame, type FrameLayer } from '#contract/frame.ts';
import { createSlotRows } from './slotRows.ts';

/**
 * Things that move, as columns. Row `i` of every column belongs to `slots[i]`; rows from `count` on are free.
 * Units: `lon`, `lat` in 1e-5 degree; heading in 256ths of a turn; speed in km/h.
 */
export interface MovingColumns {
  readonly count: number;
  readonly slots: Uint32Array;
  readonly lon: Int32Array;
  readonly lat: Int32Array;
  readonly heading: Uint8Array;
  readonly speed: Uint8Array;
  readonly kind: Uint8Array;
  /** The `version` at which each row changed last: who drew an older one draws only the rows above it. */
  readonly stamps: Uint32Array;
  /** Rises with every frame. */
  readonly version: number;
  /** Server time of the last frame; 0 before the first. */
  readonly at: number;
}

export interface MovingStore extends MovingColumns {
  readonly layer: FrameLayer;
  /** False until a key frame came, and again after a gap. */
  readonly isWhole: boolean;
  /** `gap`: the frame does not follow the last one; nothing was applied and a key frame is needed. */
  take(frame: Frame): 'applied' | 'gap' | 'old';
  rowOf(slot: number): number | undefined;
  lose(): void;
}

/** Degrees of a stored position. */
export const degreesOf = (steps: number): number => steps / POSITION_STEPS;

export function createMovingStore(layer: FrameLayer, capacity = 1024): MovingStore {
  const rows = createSlotRows();
  let count = 0;
  let number = -1;
  let version = 0;
  let at = 0;
  let isWhole = false;
  let columns = grow(capacity);

  function grow(size: number) {
    return {
      slots: new Uint32Array(size),
      lon: new Int32Array(size),
      lat: new Int32Array(size),
      heading: new Uint8Array(size),
      speed: new Uint8Array(size),
      kind: new Uint8Array(size),
      stamps: new Uint32Array(size),
    };
  }
  function reserve(size: number): void {
    if (size <= columns.slots.length) return;
    const next = grow(Math.max(size, columns.slots.length * 2));
    for (const name of Object.keys(next) as (keyof typeof next)[]) next[name].set(columns[name]);
    columns = next;
  }
  function place({ placed }: Frame): void {
    reserve(count + placed.slot.length);
    placed.slot.forEach((slot, i) => {
      const row = rows.get(slot) ?? count++;
      rows.set(slot, row);
      columns.slots[row] = slot;
      columns.lon[row] = placed.lon[i] ?? 0;
      columns.lat[row] = placed.lat[i] ?? 0;
      columns.heading[row] = placed.heading[i] ?? 0;
      columns.speed[row] = placed.speed[i] ?? 0;
      columns.kind[row] = placed.kind[i] ?? 0;
      columns.stamps[row] = version;
    });
  }
  function move({ moved }: Frame): void {
    const { lon, lat, heading, speed, stamps } = columns;
    moved.slot.forEach((slot, i) => {
      const row = rows.get(slot);
      if (row === undefined) return;
      lon[row] = (lon[row] ?? 0) + (moved.dLon[i] ?? 0);
      lat[row] = (lat[row] ?? 0) + (moved.dLat[i] ?? 0);
      heading[row] = moved.heading[i] ?? 0;
      speed[row] = moved.speed[i] ?? 0;
      stamps[row] = version;
    });
  }
  function remove(slot: number): void {
    const row = rows.get(slot);
    if (row === undefined) return;
    const last = --count;
    const lastSlot = columns.slots[last] ?? 0;
    for (const column of Object.values(columns)) column[row] = column[last] ?? 0;
    columns.stamps[row] = version;
    rows.set(lastSlot, row);
    rows.delete(slot);
  }

  return {
    layer,
    get count() {
      return count;
    },
    get slots() {
      return columns.slots;
    },
    get lon() {
      return columns.lon;
    },
    get lat() {
      return columns.lat;
    },
    get heading() {
      return columns.heading;
    },
    get speed() {
      return columns.speed;
    },
    get kind() {
      return columns.kind;
    },
    get stamps() {
      return columns.stamps;
    },
    get version() {
      return version;
    },
    get at() {
      return at;
    },
    get isWhole() {
      return isWhole;
    },
    take(frame) {
      if (frame.isKey) {
        rows.clear();
        count = 0;
      } else if (!isWhole || frame.number !== number + 1) {
        if (isWhole && frame.number <= number) return 'old';
        isWhole = false;
        return 'gap';
      }
      version++;
      frame.removed.forEach(remove);
      place(frame);
      move(frame);
      isWhole = true;
      number = frame.number;
      at = frame.at;
      return 'applied';
    },
    rowOf: (slot) => rows.get(slot),
    lose() {
      isWhole = false;
    },
  };
}
