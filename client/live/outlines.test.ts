import { expect, test } from 'vitest';
import { apart, drawn } from './outlines.ts';

const square = (west: number, south: number): [number, number][] => [[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1]];

test('areas keep their shape, north up, with their words in the middle', () => {
  const picture = drawn({ areas: [{ name: 'Tây', vendor: null, level: 'none', text: null, rings: [square(108, 12)] }, { name: 'Đông', vendor: 'V', level: 'red', text: { vi: 'chậm 178 ngày', en: 'late' }, rings: [square(109, 12)] }] }, 400);
  expect(picture.height).toBe(205);
  expect(picture.areas[0]!.path.startsWith('M0 204.9L200 204.9')).toBe(true);
  expect(picture.areas[1]!.at).toEqual([300, 102.4]);
});

test('what lies far out at sea gets a picture of its own, also when its area has a part ashore', () => {
  const area = (name: string, ...rings: [number, number][][]) => ({ name, rings });
  const { near, far } = apart([area('Bờ', square(107.5, 15.5)), area('Đảo gần', square(108.2, 15.5)), area('Quần đảo', square(111.5, 16)), area('Hai phần', square(107.6, 15), square(112, 16))]);
  expect([near.map(({ name }) => name), far.map(({ name }) => name)]).toEqual([['Bờ', 'Đảo gần', 'Hai phần'], ['Quần đảo', 'Hai phần']]);
});
