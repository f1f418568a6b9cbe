import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseTemplate } from './parse.ts';

const fixture = (name: string): unknown => JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8'));

test('every good row becomes an item', () => {
  const { items, refused } = parseTemplate(fixture('good'));
  expect(refused).toEqual([]);
  expect(items).toHaveLength(2);
  expect(items[0]).toMatchObject({ ref: 'rain-01', at: Date.UTC(2026, 10, 20, 2, 50), value: 12.5 });
});

test('every bad row is named with its reason', () => {
  expect(parseTemplate(fixture('bad')).refused).toEqual([
    { row: 1, code: 'ROW_TIME' },
    { row: 2, code: 'ROW_NUMBER' },
    { row: 3, code: 'ROW_OBJECT' },
  ]);
});

test.each([null, 'text', {}, [[]]])('an answer of another form is refused, not thrown: %j', (answer) => {
  expect(parseTemplate(answer)).toEqual({ items: [], refused: [{ row: 1, code: 'ROW_OBJECT' }] });
});
