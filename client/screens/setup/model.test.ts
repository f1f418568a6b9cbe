import { expect, test } from 'vitest';
import { wallFor } from './model.ts';

const walls = [{ id: 'w1x1', name: '', columns: 1, rows: 1 }, { id: 'w2x2', name: '', columns: 2, rows: 2 }, { id: 'w9x3', name: '', columns: 9, rows: 3 }];

test('screens that are counted give their wall, else the nearest', () => {
  expect(wallFor(walls, 2, 2)).toMatchObject({ wall: { id: 'w2x2' }, isExact: true });
  expect(wallFor(walls, 8, 3)).toMatchObject({ wall: { id: 'w9x3' }, isExact: false });
  expect(wallFor([], 2, 2)).toBeNull();
});
