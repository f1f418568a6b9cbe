import { expect, test } from 'vitest';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { climbOf, directionsOf } from './model.ts';

const request = (more: Partial<HandlingRequestState>) => ({ id: 'hr-1', step: 'sent', issuedAt: 1, issuedBy: 'Lãnh đạo', about: null, deliveredAt: null, readAt: null, acceptedAt: null, returnedAt: null, carriedOutAt: null, ...more }) as HandlingRequestState;

test('what is accepted was delivered and read, though nobody said so', () => {
  expect(climbOf(request({ step: 'accepted', acceptedAt: 9 })).map(({ at }) => at)).toEqual([1, 9, 9, 9, null]);
});

test('a returned direction ends there', () => {
  expect(climbOf(request({ step: 'returned', readAt: 4, returnedAt: 5 })).map(({ step, at }) => [step, at])).toEqual([['sent', 1], ['delivered', 4], ['read', 4], ['returned', 5]]);
});

test('directions are those of this person: not the desk’s requests about alerts', () => {
  const about = (topic: 'case' | 'alert') => ({ topic, id: 'x', title: '' });
  const requests = [request({ id: 'a', issuedAt: 2 }), request({ id: 'b', about: about('alert') }), request({ id: 'c', issuedAt: 3, about: about('case') }), request({ id: 'd', issuedBy: 'Trực ban' }), request({ id: 'e', issuedBy: null })];
  expect(directionsOf(requests, new Set(['d']), 'Lãnh đạo').map(({ id }) => id)).toEqual(['c', 'a', 'd']);
});
