import { expect, test } from 'vitest';
import { gridOf, isTooSmallForWords } from './model.ts';

test.each([
  [4, 16 / 9, { columns: 2, rows: 2 }],
  [6, 16 / 9, { columns: 3, rows: 2 }],
  [3, 5, { columns: 3, rows: 1 }],
  [0, 1, { columns: 1, rows: 1 }],
])('%i pictures find their grid', (count, aspect, grid) => {
  expect(gridOf(count, aspect)).toEqual(grid);
});

test.each([[1080 / 6, true], [1080 / 3, false], [1080, false]])('pictures %d high carry no words: %s', (heightPx, isSo) => {
  expect(isTooSmallForWords(heightPx, 2.31)).toBe(isSo);
});
