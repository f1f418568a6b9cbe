/** Where the frame strip lies in a 640×360 demo picture. Units: pixels. */
export const FRAME_STRIP = { left: 8, top: 352, cell: 8, bits: 9 } as const;

const PARITY_CELLS = 1;
const REFERENCE_CELLS = 2;
const CELLS = REFERENCE_CELLS + FRAME_STRIP.bits + PARITY_CELLS;

/**
 * The cells of the strip for picture `index` of a loop, left to right: white, black, the index in Gray code (9 bits, highest first),
 * even parity of those bits. Gray code, because a picture caught between two frames then reads as one of the two.
 * Shape: true is white; each cell is 8×8 pixels, the first at (8, 352).
 */
export function frameStripCells(index: number): boolean[] {
  const gray = index ^ (index >> 1);
  const bits = Array.from({ length: FRAME_STRIP.bits }, (_, bit) => ((gray >> (FRAME_STRIP.bits - 1 - bit)) & 1) === 1);
  return [true, false, ...bits, bits.filter(Boolean).length % 2 === 1];
}

/**
 * Reads the loop's picture index back from pixels; tests compare it with `floor(wallMs × fps / 1000) mod frames` for true latency.
 * Shape: `luma(x, y)` in 0..255 at 640×360. Fails: returns undefined when the strip is not there or does not add up.
 */
export function readFrameStrip(luma: (x: number, y: number) => number): number | undefined {
  const middle = FRAME_STRIP.cell / 2;
  const levels = Array.from({ length: CELLS }, (_, cell) => luma(FRAME_STRIP.left + cell * FRAME_STRIP.cell + middle, FRAME_STRIP.top + middle));
  const [white = 0, black = 0, ...rest] = levels;
  if (white - black < 80) return undefined;
  const isWhite = rest.map((level) => level > (white + black) / 2);
  const parity = isWhite.pop();
  if ((isWhite.filter(Boolean).length % 2 === 1) !== parity) return undefined;
  let index = 0;
  let bit = 0;
  for (const gray of isWhite) {
    bit ^= gray ? 1 : 0;
    index = index * 2 + bit;
  }
  return index;
}
