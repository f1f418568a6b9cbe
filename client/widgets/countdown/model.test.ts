import { expect, test } from 'vitest';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { nextDeadline } from './model.ts';

const request = (title: string, dueAt: number, step: HandlingRequestState['step'] = 'sent'): HandlingRequestState => ({ title, dueAt, step, unit: '20242' }) as HandlingRequestState;

test('the nearest deadline ahead of work not carried out is counted down', () => {
  expect(nextDeadline([request('a', 50), request('b', 20), request('c', 5), request('d', 11, 'verified')], {}, 10)).toEqual({ at: 20, label: 'b', unit: '20242' });
  expect(nextDeadline([request('c', 5)], {}, 10)).toBeUndefined();
});

test('a scene may name its own moment', () => {
  expect(nextDeadline([], { at: 99, label: 'Báo cáo tuần' }, 10)).toEqual({ at: 99, label: 'Báo cáo tuần', unit: null });
});
