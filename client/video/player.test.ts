import { describe, expect, it } from 'vitest';
import { beginBefore, HLS_SETTINGS, playlistAddress } from './hlsSettings.ts';
import { hasBegunAgain, troubleOf } from './player.ts';
import { stillAddress } from './stills.ts';

const error = (type: string, details: string, code?: number) => ({ type, details, response: code === undefined ? undefined : { code } }) as Parameters<typeof troubleOf>[0];

describe('what an error of the player means', () => {
  it.each([
    [error('networkError', 'levelLoadError', 401), 'refused'],
    [error('networkError', 'fragLoadError', 403), 'refused'],
    [{ ...error('networkError', 'levelLoadError', 404), networkDetails: { getResponseHeader: () => 'refused' } as unknown as XMLHttpRequest }, 'refused'],
    [error('networkError', 'levelLoadError', 415), 'unsupported-codec'],
    [error('mediaError', 'bufferAddCodecError'), 'unsupported-codec'],
    [error('networkError', 'levelLoadError', 503), 'network'],
    [error('networkError', 'levelLoadTimeOut'), 'network'],
    [error('mediaError', 'bufferStalledError'), undefined],
  ])('%j is %s', (data, trouble) => {
    expect(troubleOf(data)).toBe(trouble);
  });
});

describe('whether a playlist begins again', () => {
  const from = (sn: number, startsAt: number | null, count = 3) => Array.from({ length: count }, (_, n) => ({ sn: sn + n, startsAt: startsAt === null ? null : startsAt + 1000 * n }));
  const newest = { sn: 40, startsAt: 100_000 };

  it.each([
    ['the first one', undefined, from(3, 0), false],
    ['one that stands still', newest, from(38, 98_000), false],
    ['one that grows', newest, from(39, 99_000), false],
    ['one that fell behind', newest, from(1, 130_000), true],
    ['one that has the number again, for another moment', newest, from(39, 131_000), true],
    ['one that names its moments a little differently', newest, from(39, 99_020), false],
    ['one without moments', newest, from(39, null), false],
    ['one that goes on where the last ended', newest, from(41, 101_000), false],
    ['one that begins after a gap', newest, from(87, 147_000), true],
    ['an empty one', newest, [], false],
  ])('%s', (_what, known, seen, isAnother) => {
    expect(hasBegunAgain(known, seen)).toBe(isAnother);
  });
});

describe('settings', () => {
  it('name sync and maximum latency together and in one unit', () => {
    expect(Object.keys(HLS_SETTINGS.grid)).toEqual(expect.arrayContaining(['liveSyncDurationCount', 'liveMaxLatencyDurationCount']));
    expect(Object.keys(HLS_SETTINGS.focus)).toEqual(expect.arrayContaining(['liveSyncDuration', 'liveMaxLatencyDuration']));
  });

  it('ask for playlists for ever', () => {
    for (const settings of Object.values(HLS_SETTINGS)) expect(settings.playlistLoadPolicy?.default.errorRetry?.maxNumRetry).toBe(Infinity);
  });

  it('keep a grid tile from blocking a connection', () => {
    expect(playlistAddress('/media/a/index.m3u8', 'grid')).toBe('/media/a/index.m3u8?parts=0');
    expect(playlistAddress('/media/a/index.m3u8', 'focus')).toBe('/media/a/index.m3u8');
  });

  it('find the still beside the playlist', () => {
    expect(stillAddress('/media/a/index.m3u8?x=1')).toBe('/media/a/still.mp4');
  });
});

describe('where a grid tile begins', () => {
  const NOW = 1_800_000_000_000;

  it.each([[0], [400], [999]])('is the same moment for a playlist that ended %i ms ago', (agoMs) => {
    const endsAt = NOW - agoMs;
    expect(endsAt - beginBefore(endsAt, 1, NOW)! * 1000).toBeCloseTo(NOW - 3000);
  });

  it('is further back where segments are longer', () => {
    expect(beginBefore(NOW - 500, 2, NOW)).toBeCloseTo(5.5);
  });

  it.each([[null], [NOW + 60_000], [NOW - 60_000]])('is left to the player when the playlist ends at %j', (endsAt) => {
    expect(beginBefore(endsAt, 1, NOW)).toBeUndefined();
  });
});
