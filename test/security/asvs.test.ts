import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../house/tree.ts';

/** Items of OWASP ASVS 5.0 that level 2 asks for: 70 of level 1 and 183 of level 2. */
const [LEVEL_1, LEVEL_2] = [70, 183];
const VERDICTS = ['met', 'not applicable', 'not met', 'not verified'];

const rows = readFileSync(new URL('./asvs.csv', import.meta.url), 'utf8').trim().split('\n').slice(1).map((line) => {
  const [, item = '', level = '', verdict = '', by = '', where = '', words = ''] = /^([^,]*),([^,]*),([^,]*),([^,]*),([^,]*),"(.*)"$/.exec(line) ?? [];
  return { item, level, verdict, by, where, words };
});

test('the sheet judges every item of level 2 once', () => {
  expect(rows.filter(({ item, verdict }) => !/^\d+\.\d+\.\d+$/.test(item) || !VERDICTS.includes(verdict))).toEqual([]);
  expect(new Set(rows.map(({ item }) => item)).size).toBe(rows.length);
  expect(['1', '2'].map((level) => rows.filter((row) => row.level === level).length)).toEqual([LEVEL_1, LEVEL_2]);
});

test('what is met names its proof, and the proof exists; what is not says why', () => {
  const lost = rows.filter(({ verdict, by, where, words }) => words === '' || (verdict === 'met' ? !['test', 'review'].includes(by) || !existsSync(join(ROOT, where)) || (by === 'test') !== where.endsWith('.test.ts') : by !== '' || where !== ''));
  expect(lost).toEqual([]);
  const count = (verdict: string, by = '') => rows.filter((row) => row.level !== '3' && row.verdict === verdict && row.by === by).length;
  console.log(`ASVS 5.0 level 2: ${LEVEL_1 + LEVEL_2} items; met ${count('met', 'test')} by test and ${count('met', 'review')} by review, not applicable ${count('not applicable')}, not met ${count('not met')}, not verified ${count('not verified')}`);
});
