import { describe, expect, it } from 'vitest';
import { findBox, readBoxes } from './boxes.ts';
import type { TimedSample } from './fragmentReader.ts';
import { createLivePackager } from './livePackager.ts';
import { renderPlaylist } from './playlist.ts';
import { readPlaylist } from './testing/playlistReader.ts';

const TIMESCALE = 90_000;
const START_AT = Date.UTC(2026, 10, 22, 3);
const track = (name: string) => ({ init: Buffer.from(name), codec: 'avc1', timescale: TIMESCALE });
const picture = (index: number, fps = 15, gop = fps): TimedSample => ({ data: Buffer.from([index & 255]), isKey: index % gop === 0, duration: TIMESCALE / fps, compositionOffset: 0, decodeTime: (index * TIMESCALE) / fps });

function fed(pictures: number, gop = 15) {
  const packager = createLivePackager(() => START_AT);
  packager.begin(track('one'));
  for (let index = 0; index < pictures; index += 1) packager.push(picture(index, 15, gop));
  const playlist = () => readPlaylist(renderPlaylist(packager.window()!, true));
  return { packager, playlist };
}

describe('a live stream', () => {
  it('has nothing to play before its first whole second', () => {
    expect(fed(14).packager.window()).toBeUndefined();
  });

  it('numbers its first segment by the epoch second and counts its time from the epoch', () => {
    const { packager, playlist } = fed(31);
    expect(playlist().mediaSequence).toBe(START_AT / 1000);
    const [moof] = readBoxes(packager.segment(START_AT / 1000)!);
    expect(findBox(moof!.payload, 'traf/tfdt')!.readBigUInt64BE(4)).toBe(BigInt(START_AT) * 90n);
    expect(playlist().tags.get('#EXT-X-PROGRAM-DATE-TIME')![0]).toBe(new Date(START_AT).toISOString());
  });

  it('drops what comes before the first key picture', () => {
    const packager = createLivePackager(() => START_AT);
    packager.begin(track('one'));
    for (let index = 7; index < 31; index += 1) packager.push(picture(index));
    expect(packager.window()!.segments).toHaveLength(1);
    expect(packager.window()!.segments[0]!.parts[0]!.isIndependent).toBe(true);
  });

  it.each([
    ['whose clock runs a little slow or fast is not called late after two hours', 7200, [1.0004, 0.9996], 0, 200],
    ['that really falls behind stays behind', 600, [1.02], 8000, 13_000],
  ] as const)('of a camera %s', (_what, seconds, rates, least, most) => {
    for (const rate of rates) {
      let now = START_AT;
      const packager = createLivePackager(() => now);
      packager.begin(track('one'));
      for (let index = 0; index <= seconds; index += 1, now += 1000 * rate) packager.push(picture(index, 1, 1));
      const off = Math.abs(now - 1000 * rate - packager.window()!.segments.at(-1)!.startsAt);
      expect(off).toBeGreaterThanOrEqual(least);
      expect(off).toBeLessThan(most);
    }
  });

  it('keeps eight segments', () => {
    const { packager, playlist } = fed(15 * 20 + 1);
    expect(playlist().segments).toHaveLength(8);
    expect(packager.segment(START_AT / 1000)).toBeUndefined();
  });

  it('rounds the target duration of a camera with slow key pictures', () => {
    expect(fed(16 * 4, 16).playlist().tags.get('#EXT-X-TARGETDURATION')).toEqual(['1']);
    expect(fed(60 * 3 + 1, 60).playlist().tags.get('#EXT-X-TARGETDURATION')).toEqual(['4']);
  });

  it('marks a change of size or codec with a new initialisation and a break, and goes on counting', () => {
    const { packager, playlist } = fed(31);
    const before = playlist();
    packager.begin(track('two'));
    for (let index = 0; index < 31; index += 1) packager.push(picture(index));
    const after = playlist();
    expect(after.mediaSequence).toBe(before.mediaSequence);
    expect(after.tags.get('#EXT-X-DISCONTINUITY')).toHaveLength(1);
    expect(new Set(after.tags.get('#EXT-X-MAP')).size).toBe(2);
    expect(new Set(after.segments).size).toBe(after.segments.length);
  });

  it('counts a break that has left the window', () => {
    const { packager, playlist } = fed(31);
    packager.begin(track('two'));
    for (let index = 0; index < 15 * 12; index += 1) packager.push(picture(index));
    expect(playlist().tags.get('#EXT-X-DISCONTINUITY')).toBeUndefined();
    expect(playlist().tags.get('#EXT-X-DISCONTINUITY-SEQUENCE')).toEqual(['1']);
  });

  it('never takes a number back after it was cleared', () => {
    const { packager, playlist } = fed(15 * 10 + 1);
    const last = playlist().segments.length + playlist().mediaSequence;
    packager.clear();
    expect(packager.window()).toBeUndefined();
    packager.begin(track('one'));
    for (let index = 0; index < 31; index += 1) packager.push(picture(index));
    expect(playlist().mediaSequence).toBeGreaterThanOrEqual(last);
  });

  it('answers a waiting viewer when the part is there, and lets go of one who leaves', async () => {
    const { packager } = fed(17);
    const second = START_AT / 1000 + 1;
    const waiting = packager.ready(second, 0, 5000);
    for (let index = 17; index < 20; index += 1) packager.push(picture(index));
    expect(await waiting).toBe(true);
    expect(packager.part(second, 0)).toBeInstanceOf(Buffer);
    const leaving = new AbortController();
    const left = packager.ready(second + 1, 0, 5000, leaving.signal);
    leaving.abort();
    expect(await left).toBe(false);
  });
});
