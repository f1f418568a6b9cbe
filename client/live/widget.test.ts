import { expect, test } from 'vitest';
import { bothOf, factsOf, provenanceOf } from './widget.ts';
import type { Reading, WidgetSource } from './source.ts';

type Thing = { provenance: 'real' | 'simulated' };
const reading = (more: Partial<Reading<Thing>>): Reading<Thing> => ({ items: [{ provenance: 'real' }], isReady: true, fault: null, ...more });
const source = (isOnline: boolean): WidgetSource => ({ now: 90_500, heardAt: 60_000, isOnline }) as WidgetSource;

test('sources are never mixed silently', () => {
  expect([provenanceOf([]), provenanceOf([{ provenance: 'real' }]), provenanceOf([{ provenance: 'real' }, { provenance: 'simulated' }])]).toEqual([null, 'real', 'mixed']);
  expect([bothOf('real', null), bothOf('real', 'simulated'), bothOf('manual', 'manual')]).toEqual(['real', 'mixed', 'manual']);
});

test.each([
  ['live', true, {}],
  ['empty', true, { items: [] }],
  ['loading', true, { isReady: false }],
  ['refused', true, { fault: { code: 'AUTH_FORBIDDEN', message: '' } as const }],
  ['stale', false, {}],
] as const)('a tile says when it is %s', (state, isOnline, more) => {
  expect(factsOf(reading(more), source(isOnline)).state).toBe(state);
});

test('a tile without the server is as old as its last sign', () => {
  expect(factsOf(reading({}), source(false)).asOf).toBe(60_000);
  expect(factsOf(reading({}), source(true)).asOf).toBe(90_000);
});
