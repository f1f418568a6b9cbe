import { expect, test } from 'vitest';
import { eventsOf, type SecurityRecord } from './model.ts';

const record = (id: string, at: number, severity: number): SecurityRecord => ({ id, at, values: { kind: 'malware', severity, asset: 'a' } }) as SecurityRecord;

test('the gravest of the last day come first and are counted', () => {
  const now = 100_000_000;
  const { events, counts } = eventsOf([record('a', now - 5, 3), record('b', now - 9, 1), record('c', now - 1, 4), record('old', now - 86_400_001, 1)], now, 3);
  expect(events.map(({ id }) => id)).toEqual(['b', 'a']);
  expect(counts).toEqual([{ level: 1, count: 1 }, { level: 2, count: 0 }, { level: 3, count: 1 }]);
});
