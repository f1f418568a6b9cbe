import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FRAME_STRIP, frameStripCells, readFrameStrip } from './frameStrip.ts';

const seen = (cells: readonly boolean[], light = 235, dark = 16) => (x: number, y: number) => {
  const inStrip = y >= FRAME_STRIP.top && y < FRAME_STRIP.top + FRAME_STRIP.cell;
  return inStrip && cells[Math.floor((x - FRAME_STRIP.left) / FRAME_STRIP.cell)] ? light : dark;
};

describe('the frame strip', () => {
  it('reads back every picture of a loop, also when washed out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 511 }), fc.integer({ min: 0, max: 80 }), (index, dark) => {
        expect(readFrameStrip(seen(frameStripCells(index), dark + 90, dark))).toBe(index);
      }),
    );
  });

  it('changes one data bit from one picture to the next', () => {
    for (let index = 1; index < 300; index += 1) {
      const bits = (at: number) => frameStripCells(at).slice(2, 2 + FRAME_STRIP.bits);
      expect(bits(index).filter((bit, place) => bit !== bits(index - 1)[place])).toHaveLength(1);
    }
  });

  it('says nothing of a picture without one, or with a cell misread', () => {
    expect(readFrameStrip(() => 120)).toBeUndefined();
    const cells = frameStripCells(42);
    cells[5] = !cells[5];
    expect(readFrameStrip(seen(cells))).toBeUndefined();
  });
});
