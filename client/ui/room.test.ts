import { expect, test } from 'vitest';
import { lettersIn, linePx, rowsIn } from './room.ts';

test('a wall shows whole rows only, never more than five, never none', () => {
  expect([rowsIn(1000, 169), rowsIn(400, 169), rowsIn(10, 169), rowsIn(9000, 169, 8)]).toEqual([5, 2, 1, 8]);
});

test('lines keep a least size so that stacked marks stay apart', () => {
  expect(linePx(20, 3.2)).toBeCloseTo(92.8);
  expect(linePx(20, 0.1)).toBeCloseTo(19.6 * 1.45);
  expect(lettersIn(960, 20, 3.2)).toBe(27);
});
