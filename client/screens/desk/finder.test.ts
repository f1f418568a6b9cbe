import { expect, test } from 'vitest';
import { fold } from '../../../geo/fold.ts';
import { createWordShelf, findBest, rankOf } from './finder.ts';

const NAMES = ['Cầu Trần Thị Lý', 'Cầu Rồng', 'Nút giao cầu Rồng – Trần Hưng Đạo', 'Đường Bạch Đằng'];
const find = (query: string, most = 5) => findBest(NAMES, query, fold, most);

test('the same name comes first, then its beginning, then a word within', () => {
  expect(find('cau rong')).toEqual(['Cầu Rồng', 'Nút giao cầu Rồng – Trần Hưng Đạo']);
  expect(find('cầu')).toEqual(['Cầu Trần Thị Lý', 'Cầu Rồng', 'Nút giao cầu Rồng – Trần Hưng Đạo']);
  expect(find('cau', 1)).toHaveLength(1);
});

test('words may stand apart; nothing is found for nothing', () => {
  expect(find('rong hung dao')).toEqual(['Nút giao cầu Rồng – Trần Hưng Đạo']);
  expect(find('  ')).toEqual([]);
  expect(find('hải châu')).toEqual([]);
  expect(rankOf('cau rong', '')).toBeNull();
});

test('words of a thing are folded once', () => {
  const seen: string[] = [];
  const wordsOf = createWordShelf<{ name: string }>(({ name }) => {
    seen.push(name);
    return name;
  });
  const thing = { name: 'Đà Nẵng' };
  expect([wordsOf(thing), wordsOf(thing)]).toEqual(['da nang', 'da nang']);
  expect(seen).toHaveLength(1);
});
