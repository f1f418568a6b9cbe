import { expect, test } from 'vitest';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { nextDeadline, nextWeekly } from './model.ts';

const request = (title: string, dueAt: number, step: HandlingRequestState['step'] = 'sent'): HandlingRequestState => ({ title, dueAt, step, unit: '20242' }) as HandlingRequestState;

test('the nearest deadline ahead of work not carried out is counted down', () => {
  expect(nextDeadline([request('a', 50), request('b', 20), request('c', 5), request('d', 11, 'verified')], {}, 10)).toEqual({ at: 20, label: 'b', unit: '20242' });
  expect(nextDeadline([request('c', 5)], {}, 10)).toBeUndefined();
});

test('a scene may name its own moment', () => {
  expect(nextDeadline([], { at: 99, label: 'Báo cáo tuần' }, 10)).toEqual({ at: 99, label: 'Báo cáo tuần', unit: null });
});

test('a time of the week comes again every week, in Việt Nam time', () => {
  const friday = { day: 5, at: '15:00' };
  const due = Date.UTC(2026, 10, 20, 8);
  expect([due - 1, due, due + 1].map((now) => nextWeekly(friday, now))).toEqual([due, due, due + 7 * 86_400_000]);
  expect(nextDeadline([], { weekly: friday, label: 'Báo cáo tuần' }, due - 5)).toEqual({ at: due, label: 'Báo cáo tuần', unit: null });
});
