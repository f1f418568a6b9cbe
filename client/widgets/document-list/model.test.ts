import { expect, test } from 'vitest';
import { dayOf, newestDocuments, type DocumentRecord } from './model.ts';

const record = (id: string, issuedOn: string, direction: 'in' | 'out'): DocumentRecord => ({ id, at: 0, values: { issuedOn, direction } }) as DocumentRecord;

test('the newest of one direction comes first', () => {
  const records = [record('a', '2026-10-01', 'in'), record('b', '2026-10-09', 'in'), record('c', '2026-11-01', 'out')];
  expect(newestDocuments(records, { direction: 'in' }).map(({ id }) => id)).toEqual(['b', 'a']);
  expect(newestDocuments(records, {}).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  expect(dayOf('2026-10-09')).toBe('09/10/2026');
});
