import { expect, test } from 'vitest';
import type { CameraState } from '#contract/topics/camera.ts';
import { freePlace, listCameras, NO_ZOOM, pictureAddress, placed, resized, tourPage, zoomed } from './matrix.ts';

const camera = (id: string, more: Partial<CameraState> = {}) => ({ id, name: id, ref: id, purpose: null, ward: null, unit: null, streams: [], ...more }) as unknown as CameraState;

test('another size keeps what is shown, in order', () => {
  expect(resized(['a', null, 'b', null], 1)).toEqual(['a']);
  expect(resized(['a'], 4)).toEqual(['a', null, null, null]);
});

test('a camera dropped on another changes places with it; a new one replaces', () => {
  expect(placed(['a', 'b', null, null], 1, 'a')).toEqual(['b', 'a', null, null]);
  expect(placed(['a', 'b', null, null], 1, 'c')).toEqual(['a', 'c', null, null]);
  expect(freePlace(['a', null])).toBe(1);
  expect(freePlace(['a', 'b'])).toBe(1);
});

test('a tour goes round its pages without an empty place', () => {
  const tour = { cameras: ['a', 'b', 'c', 'd', 'e'], size: 4 as const };
  expect([tourPage(tour, 0), tourPage(tour, 1), tourPage(tour, 2)]).toEqual([['a', 'b', 'c', 'd'], ['e', 'a', 'b', 'c'], ['a', 'b', 'c', 'd']]);
});

test('cameras are found without marks and by group', () => {
  const all = [camera('1', { name: 'Cầu Rồng', groups: ['Cầu'] }), camera('2', { name: 'Chợ Hàn' })];
  const none = { words: '', ward: '', unit: '', group: '' };
  expect(listCameras(all, { ...none, words: 'rong cau' }).map(({ id }) => id)).toEqual(['1']);
  expect(listCameras(all, { ...none, group: 'Cầu' }).map(({ id }) => id)).toEqual(['1']);
  expect(listCameras(all, { ...none, words: 'xyz' })).toEqual([]);
});

test('a large picture takes the main stream only where there is one of its own', () => {
  expect(pictureAddress(camera('c', { streams: [{ role: 'sub', kind: 'rtsp' }, { role: 'main', kind: 'rtsp' }] }), true)).toBe('/media/c/index.m3u8?stream=main');
  expect(pictureAddress(camera('c', { streams: [{ role: 'main', kind: 'rtsp' }] }), true)).toBe('/media/c/index.m3u8');
});

test('digital zoom keeps the point under the pointer and never leaves the picture', () => {
  const twice = zoomed(NO_ZOOM, 2, { x: 0.5, y: 0.25 });
  expect(twice).toEqual({ scale: 2, x: -0.5, y: -0.25 });
  expect(zoomed(twice, 0.1, { x: 0, y: 0 })).toEqual(NO_ZOOM);
});
