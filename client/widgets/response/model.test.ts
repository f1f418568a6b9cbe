import { expect, test } from 'vitest';
import type { AlertState } from '#contract/topics/alert.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { alertOf, responseOf } from './model.ts';

const request = (id: string, issuedAt: number, about: string): HandlingRequestState => ({ id, issuedAt, about: { topic: 'alert', id: about, title: '' }, readAt: issuedAt + 1, acceptedAt: null, carriedOutAt: null, verifiedAt: null }) as HandlingRequestState;

test('the newest request about the alert is followed step by step', () => {
  const found = responseOf([request('hr-1', 1, 'al-1'), request('hr-2', 5, 'al-1'), request('hr-3', 9, 'al-2')], 'al-1');
  expect(found?.request.id).toBe('hr-2');
  expect(found?.steps.map(({ at }) => at)).toEqual([5, 6, null, null, null]);
  expect(responseOf([], 'al-1')).toBeUndefined();
});

test('without a choice the most urgent open alert is taken, an unknown choice is not replaced', () => {
  const alert = (id: string, level: number, state = 'raised') => ({ id, level, state, raisedAt: 1, duplicateOf: null }) as AlertState;
  expect(alertOf([alert('a', 2), alert('b', 1), alert('c', 1, 'closed')], undefined)?.id).toBe('b');
  expect(alertOf([alert('a', 2)], 'x')).toBeUndefined();
});
