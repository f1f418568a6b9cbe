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
/** A slot further from the one before is written out. */
const NEAR_SLOTS = 1020;
const LONGEST_GAP = 255;

/** Moves of a byte a column, by index, as far as their slots rise, each with the gap to the slot before (0: another 255 slots are passed over); and all others. */
export function nearOf({ slot, dLon, dLat }: Moves): { near: number[]; far: number[]; gaps: number[] } {
  const [near, far, gaps]: [number[], number[], number[]] = [[], [], []];
  let last = -1;
  for (let at = 0; at < slot.length; at++) {
    let gap = slot[at]! - last;
    if (gap <= 0 || gap > NEAR_SLOTS || Math.abs(dLon[at]!) > NEAR_STEPS || Math.abs(dLat[at]!) > NEAR_STEPS) {
      far.push(at);
      continue;
    }
    for (; gap > LONGEST_GAP; gap -= LONGEST_GAP) gaps.push(0);
    gaps.push(gap);
    near.push(at);
    last = slot[at]!;
  }
  return { near, far, gaps };
}

/** Writes the slots that gaps stand for to the front of `slots`. Fails: false when they are not exactly `near`. */
export function readGaps(gaps: Uint8Array, near: number, slots: Uint32Array): boolean {
  let [read, slot] = [0, -1];
  for (let at = 0; at < gaps.length; at++) {
    const gap = gaps[at]!;
    slot += gap || LONGEST_GAP;
    if (gap > 0) slots[read++] = slot;
  }
  return read === near && gaps.at(-1) !== 0;
}

/** A column of both kinds of moves. */
export function joined<Column extends Int16Array | Uint32Array>(whole: Column, near: ArrayLike<number>, far: ArrayLike<number>): Column {
  whole.set(near);
  whole.set(far, whole.length - far.length);
  return whole;
}
