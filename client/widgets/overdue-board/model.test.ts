import { expect, test } from 'vitest';
import { fontPxPerArcMinute } from '../../../layouts/arcMinutes.ts';
import { boardOf, unitsIn, workOf, type OpenWork } from './model.ts';

const work = (unit: string | null, dueAt: number): OpenWork => ({ unit, dueAt, provenance: 'real' });

test('229 of 414 requests not carried out are 55.3 percent', () => {
  const board = boardOf([...Array.from({ length: 229 }, () => work('24133', 5)), ...Array.from({ length: 185 }, () => work('24133', 15))], 10);
  expect([board.overdue, board.total, (board.overdue / board.total).toFixed(3)]).toEqual([229, 414, '0.553']);
});

test('the unit with the most overdue work stands first, work of nobody has its own row, a unit with none is not on the board', () => {
  const board = boardOf([work('b', 1), work('a', 1), work('a', 2), work('c', 99), work(null, 1)], 10);
  expect(board.units).toEqual([{ code: 'a', overdue: 2, total: 2 }, { code: '', overdue: 1, total: 1 }, { code: 'b', overdue: 1, total: 1 }]);
  expect(board.overdue).toBe(4);
  const week = 7 * 86_400_000;
  expect(boardOf([work('a', 0), work('a', 2), work('a', week + 2)], week + 1)).toMatchObject({ overdue: 2, sinceLastWeek: 1 });
});

test('a report that became a request is counted once', () => {
  const requests = [{ unit: 'a', dueAt: 1, provenance: 'real', step: 'sent' }, { unit: 'a', dueAt: 1, provenance: 'real', step: 'verified' }];
  const feedback = [{ unit: 'a', dueAt: 1, provenance: 'real', state: 'assigned', requestId: 'hr-1', duplicateOf: null }];
  expect(workOf(requests as never, feedback as never, {})).toHaveLength(1);
  expect(workOf(requests as never, feedback as never, { about: 'feedback' })).toHaveLength(0);
});

test('the tile of the Friday briefing has room for four units, and a lower one for as many as stand whole', () => {
  const arcMinutePx = fontPxPerArcMinute({ farthestViewerM: 5, pitchMm: 0.63 });
  expect([unitsIn(834, arcMinutePx), unitsIn(660, arcMinutePx), unitsIn(100, arcMinutePx)]).toEqual([4, 2, 1]);
});
