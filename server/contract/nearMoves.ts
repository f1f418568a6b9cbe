/** Things that moved, as offsets from their last position. Units: 1e-5 degree, heading in 256ths of a turn, km/h. */
export interface Moves {
  slot: Uint32Array;
  dLon: Int16Array;
  dLat: Int16Array;
  heading: Uint8Array;
  speed: Uint8Array;
}

/** A near move is at most so far from the last position. Units: steps. */
const NEAR_STEPS = 127;
const LONGEST_GAP = 255;
/** A slot further from the one before is written out. */
const NEAR_SLOTS = LONGEST_GAP * LONGEST_GAP;

/** Moves of a byte a column, by index, as far as their slots rise, each with the gap to the slot before (after 0, how many times 255 slots are passed over first); and all others. */
export function nearOf({ slot, dLon, dLat }: Moves): { near: number[]; far: number[]; gaps: number[] } {
  const [near, far, gaps]: [number[], number[], number[]] = [[], [], []];
  let last = -1;
  for (let at = 0; at < slot.length; at++) {
    const gap = slot[at]! - last;
    if (gap <= 0 || gap > NEAR_SLOTS || Math.abs(dLon[at]!) > NEAR_STEPS || Math.abs(dLat[at]!) > NEAR_STEPS) {
      far.push(at);
      continue;
    }
    const leaps = Math.floor((gap - 1) / LONGEST_GAP);
    if (leaps > 0) gaps.push(0, leaps);
    gaps.push(gap - leaps * LONGEST_GAP);
    near.push(at);
    last = slot[at]!;
  }
  return { near, far, gaps };
}

/** Fills a column with what another holds at these places. A loop: `from` with a function takes many times as long. */
export function filled<Column extends Int8Array | Uint8Array | Int16Array | Int32Array | Uint32Array>(column: Column, source: ArrayLike<number>, places: ArrayLike<number>): Column {
  for (let n = 0; n < places.length; n++) column[n] = source[places[n]!]!;
  return column;
}

/** Writes the slots that gaps stand for to the front of `slots`. Fails: false when they are not exactly `near`. */
export function readGaps(gaps: Uint8Array, near: number, slots: Uint32Array): boolean {
  let [read, slot] = [0, -1];
  let isLeaping = false;
  for (let at = 0; at < gaps.length; at++) {
    const gap = gaps[at]!;
    isLeaping = gap === 0;
    if (isLeaping) slot += LONGEST_GAP * (gaps[++at] ?? 0);
    else slots[read++] = slot += gap;
  }
  return read === near && !isLeaping;
}

/** A column of both kinds of moves. */
export function joined<Column extends Int16Array | Uint32Array>(whole: Column, near: ArrayLike<number>, far: ArrayLike<number>): Column {
  whole.set(near);
  whole.set(far, whole.length - far.length);
  return whole;
}
