import { expect, test } from 'vitest';
import { readMasks, writeMasks } from './masks.ts';

test('masks are read and written as corners in percent', () => {
  const masks = readMasks('10,20 40,20 40,60;  0,0 100,0 100,12.5 ');
  expect(masks).toEqual([[[0.1, 0.2], [0.4, 0.2], [0.4, 0.6]], [[0, 0], [1, 0], [1, 0.125]]]);
  expect(writeMasks(masks!)).toBe('10,20 40,20 40,60; 0,0 100,0 100,12.5');
  expect(readMasks(' ')).toEqual([]);
});

test.each(['10,20 40,20', '10,20 40,20 140,60', '10,20 40,20 40,', 'góc trái', '10;20;30', '1,2,3 4,5 6,7'])('%j is no mask', (text) => {
  expect(readMasks(text)).toBeUndefined();
});
