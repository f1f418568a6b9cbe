import { expect, test } from 'vitest';
import { whepAddress } from './whepPlayer.ts';

test('a camera of a WHEP gateway takes offers, by the size of the picture', () => {
  const both = [{ role: 'sub', kind: 'hls' }, { role: 'main', kind: 'whep' }];
  expect(whepAddress('/media/cam-1/index.m3u8?stream=main', both)).toBe('/media/cam-1/whep?stream=main');
  expect(whepAddress('/media/cam-1/index.m3u8', both)).toBeUndefined();
  expect(whepAddress('/media/cam-1/index.m3u8', [{ role: 'main', kind: 'whep' }, { role: 'recorder', kind: 'rtsp' }])).toBe('/media/cam-1/whep');
});

test('the past of a camera never comes over WebRTC', () => {
  expect(whepAddress('/media/cam-1/recorded.m3u8', [{ role: 'sub', kind: 'whep' }])).toBeUndefined();
});
