import { expect, test } from 'vitest';
import { clearChips } from './clearChips.ts';
import type { SensorMark } from './snapshot.ts';

const mark = (id: string, lon: number, level: SensorMark['level'] = 'normal'): SensorMark => ({ id, position: [lon, 16.06], label: '12,5 mm/h', level });
const ids = (marks: readonly SensorMark[]) => marks.map(({ id }) => id);

test('of two readings at one place the graver keeps its chip, the other is a dot', () => {
  const { chips, dots } = clearChips([mark('calm', 108.2), mark('grave', 108.2001, 'red'), mark('far', 108.4)], 13, 50);
  expect([ids(chips), ids(dots)]).toEqual([['grave', 'far'], ['calm']]);
});

test('looked at closer each has its chip again', () => {
  const both = [mark('a', 108.2), mark('b', 108.203)];
  expect(clearChips(both, 12, 50).dots).toHaveLength(1);
  expect(clearChips(both, 17, 50).dots).toEqual([]);
});
