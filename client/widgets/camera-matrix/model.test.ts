import { expect, test } from 'vitest';
import { gridOf } from './model.ts';

test.each([
  [4, 16 / 9, { columns: 2, rows: 2 }],
  [6, 16 / 9, { columns: 3, rows: 2 }],
  [3, 5, { columns: 3, rows: 1 }],
  [0, 1, { columns: 1, rows: 1 }],
])('%i pictures find their grid', (count, aspect, grid) => {
  expect(gridOf(count, aspect)).toEqual(grid);
});
