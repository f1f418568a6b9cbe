import { describe, expect, it } from 'vitest';
import { HLS_SETTINGS, playlistAddress } from './hlsSettings.ts';
import { troubleOf } from './player.ts';
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
