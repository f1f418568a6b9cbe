import { expect, test } from 'vitest';
import { pageStateOf, type PageFacts } from './pageState.ts';

const calm: PageFacts = { isLoading: false, isOffline: false, isStale: false, mode: 'live' };

test.each([
  ['live', calm],
  ['stale', { ...calm, isStale: true }],
  ['rehearsal', { ...calm, isStale: true, mode: 'rehearsal' }],
  ['replay', { ...calm, isStale: true, mode: 'replay' }],
  ['offline', { ...calm, isOffline: true, isStale: true, mode: 'replay' }],
  ['loading', { isLoading: true, isOffline: true, isStale: true, mode: 'rehearsal' }],
] as const)('when several states hold, %s is told', (state, facts) => {
  expect(pageStateOf(facts)).toBe(state);
});
