import { expect, test } from 'vitest';
import { nearest } from './related.ts';

const at = (id: string, lon: number) => ({ id, position: [lon, 16] as [number, number] });

test('lists what lies around, nearest first, without itself and without things of no place', () => {
  const items = [at('far', 108.3), at('b', 108.202), at('a', 108.201), at('self', 108.2), { id: 'nowhere', position: null }];
  expect(nearest(items, [108.2, 16], { withinM: 500, most: 5, except: 'self' }).map(({ item }) => item.id)).toEqual(['a', 'b']);
  expect(nearest(items, [108.2, 16], { withinM: 500, most: 1, except: 'self' })).toHaveLength(1);
});
