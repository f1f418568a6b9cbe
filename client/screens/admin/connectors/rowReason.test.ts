import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import words from './rowReason.en.json';
import { rowReason } from './rowReason.ts';

const ROWS = join(import.meta.dirname, '../../../../server/domain/rows');

test('a refused row is said in the language of the reader; what the log keeps stands beside it', () => {
  const refusal = { code: 'ROW_NUMBER', reason: '"ba" không phải là số.' };
  expect(rowReason(refusal, 'vi')).toEqual({ text: refusal.reason });
  expect(rowReason(refusal, 'en')).toEqual({ text: 'Not a number.', kept: refusal.reason });
  expect(rowReason({ code: 'INGEST_UNIT', reason: 'x' }, 'en').kept).toBe('x');
  expect(rowReason({ code: 'ROW_NEW', reason: 'mới' }, 'en')).toEqual({ text: 'mới' });
});

test('every reason that reading a row can give has English words', () => {
  const sources = readdirSync(ROWS).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).map((name) => readFileSync(join(ROWS, name), 'utf8'));
  const codes = new Set(sources.flatMap((source) => source.match(/'ROW_[A-Z_]+'/g) ?? []).map((code) => code.slice(1, -1)));
  expect(codes.size).toBeGreaterThan(10);
  expect(Object.keys(words).sort()).toEqual([...codes].sort());
});
