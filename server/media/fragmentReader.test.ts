import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fragment } from './fmp4.ts';
import { createFragmentReader, type SourceTrack, type TimedSample } from './fragmentReader.ts';
import { createLoopLibrary } from './loopLibrary.ts';

const loop = createLoopLibrary().get('market-day')!;
const stream = Buffer.concat([loop.init, ...[0, 1, 2].map((second) => fragment(second, second * 90_000, loop.samples.slice(second * 15, second * 15 + 15)))]);

function read(chunks: readonly Buffer[]) {
  const tracks: SourceTrack[] = [];
  const samples: TimedSample[] = [];
  const reader = createFragmentReader({ onTrack: (track) => tracks.push(track), onSample: (sample) => samples.push(sample) });
  for (const chunk of chunks) reader.write(chunk);
  return { tracks, samples };
}

describe('a fragmented MP4 on a pipe', () => {
  it('gives back the samples that were written, however it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: stream.length - 1 }), { maxLength: 12 }), (cuts) => {
        const edges = [0, ...[...cuts].sort((a, b) => a - b), stream.length];
        const { tracks, samples } = read(edges.slice(1).map((end, index) => stream.subarray(edges[index], end)));
        expect(tracks).toMatchObject([{ codec: 'avc1', timescale: 90_000 }]);
        expect(tracks[0]!.init.equals(loop.init)).toBe(true);
        expect(samples.map(({ decodeTime }) => decodeTime)).toEqual(Array.from({ length: 45 }, (_, index) => index * 6000));
        expect(samples.every((sample, index) => sample.data.equals(loop.samples[index]!.data) && sample.isKey === loop.samples[index]!.isKey)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('refuses what is no MP4 and a box no camera sends', () => {
    expect(() => read([Buffer.alloc(64)])).toThrow(/length/);
    expect(() => read([Buffer.from([0x7f, 0, 0, 0, 0x6d, 0x64, 0x61, 0x74])])).toThrow(/too large/);
  });

  it('refuses a movie without a track', () => {
    expect(() => read([Buffer.from([0, 0, 0, 8, 0x6d, 0x6f, 0x6f, 0x76])])).toThrow(/track/);
  });
});
