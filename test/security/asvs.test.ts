import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../house/tree.ts';

const rows = readFileSync(new URL('./asvs.csv', import.meta.url), 'utf8').trim().split('\n').slice(1).map((line) => line.split(','));

test('every judged item of the sheet says where its proof is', () => {
  expect(new Set(rows.map(([item]) => item)).size).toBe(rows.length);
  const lost = rows.filter(([item, verdict = '', where = '']) => !/^\d+\.\d+\.\d+$/.test(item ?? '') || !['test', 'review', 'n/a', 'open'].includes(verdict) || (verdict !== 'open' && verdict !== 'n/a' && !existsSync(join(ROOT, where))));
  expect(lost).toEqual([]);
  const count = (verdict: string) => rows.filter((row) => row[1] === verdict).length;
  console.log(`ASVS 5.0: ${rows.length} items judged; by test ${count('test')}, by review ${count('review')}, open ${count('open')}`);
});
