import { describe, expect, it } from 'vitest';
import { createLoopLibrary, readLoop } from './loopLibrary.ts';

describe('the loops that ship', () => {
  const library = createLoopLibrary();
  const loops = library.list().map(({ id }) => library.get(id)!);

  it('are at least eight, under eight megabytes together and about 150 kbit/s each', () => {
    const bytes = loops.map((loop) => loop.samples.reduce((sum, sample) => sum + sample.data.length, 0));
    expect(loops.length).toBeGreaterThanOrEqual(8);
    expect(bytes.reduce((a, b) => a + b)).toBeLessThan(8_000_000);
    expect(Math.max(...bytes) * 8).toBeLessThan(160_000 * 20);
  });

  it('last twenty seconds with one key picture a second, at its start', () => {
    for (const loop of loops) {
      expect(loop.samples).toHaveLength(300);
      expect(loop.samples.flatMap((sample, index) => (sample.isKey ? [index] : []))).toEqual(Array.from({ length: 20 }, (_, second) => second * 15));
    }
  });

  it('share one initialisation, so that day may turn into night without a break', () => {
    expect(new Set(loops.map((loop) => loop.initId)).size).toBe(1);
  });

  it('does not know a loop that is not in the catalogue', () => {
    expect(library.get('../catalog')).toBeUndefined();
  });

  it('refuses a recording that is not cut by the second', () => {
    const nal = (...bytes: number[]) => Buffer.from([0, 0, 0, 1, ...bytes]);
    const headers = Buffer.concat([nal(0x67, 0x4d, 0x40, 0x1e, 0xd9, 0x80, 0xa0, 0x2f, 0xf9), nal(0x68, 0xeb)]);
    expect(() => readLoop('odd', 2, Buffer.concat([headers, nal(0x65, 0x88), nal(0x41, 0x9a), nal(0x41, 0x9a)]))).toThrow(/cut into seconds/);
    expect(() => readLoop('bare', 2, nal(0x65, 0x88))).toThrow(/parameter sets/);
  });
});
