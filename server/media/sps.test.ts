import { describe, expect, it } from 'vitest';
import { readSps } from './sps.ts';

describe('a sequence parameter set', () => {
  it.each([
    ['674d401ed980a02ff9610000030001000003001e0f162e68', { width: 640, height: 360, codec: 'avc1.4D401E' }],
    ['67640028acd940780227e5c044000003000400000300283c60c658', { width: 1920, height: 1080, codec: 'avc1.640028' }],
    ['6742c016d900b4126c044000000300400000030283c58b92', { width: 720, height: 576, codec: 'avc1.42C016' }],
    ['674d401feca02802dd80880000030008000003005078c18cb0', { width: 1280, height: 720, codec: 'avc1.4D401F' }],
  ])('%s', (hex, expected) => {
    expect(readSps(Buffer.from(hex, 'hex'))).toEqual(expected);
  });
});
