import { expect, test } from 'vitest';
import { dossiersOf, type DossierRecord } from './dossiers.ts';

const record = (unit: string, day: string, onTime: number, overdue: number): DossierRecord => ({ unit, values: { procedure: 'p', day, received: onTime + overdue, onTime, overdue } }) as DossierRecord;

test('the last days are added up, the unit that is worst on time comes first', () => {
  const board = dossiersOf([record('A', '2026-10-30', 9, 1), record('A', '2026-10-01', 0, 50), record('B', '2026-10-29', 5, 5)], 7);
  expect(board).toMatchObject({ received: 20, onTime: 14, overdue: 6 });
  expect(board.units.map(({ unit, share }) => [unit, share])).toEqual([['B', 0.5], ['A', 0.9]]);
});

test('without dossiers there is nothing to show', () => {
  expect(dossiersOf([], 7)).toEqual({ received: 0, onTime: 0, overdue: 0, units: [] });
});
