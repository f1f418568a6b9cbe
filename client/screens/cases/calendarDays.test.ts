import { expect, test } from 'vitest';
import type { Obligation } from '#contract/red.ts';
import { byDay } from './calendarDays.ts';

test('what is due stands under its local day, not the one of Greenwich', () => {
  const due = (id: string, at: string) => ({ id, dueAt: Date.parse(at) }) as Obligation;
  const days = byDay([due('a', '2026-10-05T23:30:00+07:00'), due('b', '2026-10-06T00:30:00+07:00'), due('c', '2026-10-06T15:00:00+07:00')]);
  expect(days.map(({ on, items }) => [on, items.map(({ id }) => id)])).toEqual([['2026-10-05', ['a']], ['2026-10-06', ['b', 'c']]]);
});
