import { expect, test } from 'vitest';
import { drawn } from './pilotMap.ts';

const square = (west: number, south: number): [number, number][] => [[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1]];

test('areas keep their shape, north up, with their words in the middle', () => {
  const picture = drawn({ areas: [{ name: 'Tây', vendor: null, level: 'none', text: null, rings: [square(108, 12)] }, { name: 'Đông', vendor: 'V', level: 'red', text: { vi: 'chậm 178 ngày', en: 'late' }, rings: [square(109, 12)] }] }, 400);
  expect(picture.height).toBe(205);
  expect(picture.areas[0]!.path.startsWith('M0 204.9L200 204.9')).toBe(true);
  expect(picture.areas[1]!.at).toEqual([300, 102.4]);
});
