import { expect, test } from 'vitest';
import type { IndicatorValueRow } from '#contract/red.ts';
import { byPeriod, byVendor, periodsOf } from './valueRows.ts';

const row = (unit: string, period: string, value: number | null, source = 'a', isInForce = true): IndicatorValueRow => ({ unit, period, revision: 1, value, at: 0, receivedAt: 0, provenance: 'real', source, record: null, isInForce });

test('periods stand beside each other, oldest first, by the value in force alone', () => {
  const rows = [row('B', '2026-10', 7), row('A', '2026-10', 5), row('A', '2026-10', 4, 'b', false), row('A', '2026-09', 3)];
  expect(byPeriod(rows)).toEqual({ columns: ['2026-09', '2026-10'], lines: [{ unit: 'A', values: [3, 5], spread: 2 }, { unit: 'B', values: [null, 7], spread: null }] });
  expect(periodsOf(rows)).toEqual(['2026-10', '2026-09']);
});

test('vendors stand beside each other with how far they are apart', () => {
  const rows = [row('A', '2026-10', 5, 'vnpt'), row('A', '2026-10', 4.5, 'viettel', false), row('A', '2026-10', 9, 'viettel', false), row('A', '2026-09', 1, 'khac')];
  expect(byVendor(rows, '2026-10')).toEqual({ columns: ['viettel', 'vnpt'], lines: [{ unit: 'A', values: [4.5, 5], spread: 0.5 }] });
  expect(byVendor(rows, '2020-01')).toEqual({ columns: [], lines: [] });
});
