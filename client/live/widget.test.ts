import { expect, test } from 'vitest';
import { bothOf, factsOf, originsOf, provenanceOf, weakestOf } from './widget.ts';
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

test('a tile tells the weakest score of what it shows, and nothing where nothing is measured', () => {
  const row = (kind: 'source' | 'indicator', id: string, clean: number, live: number | null) => ({ kind, id, name: id, scores: { correct: 100, complete: null, clean, live }, history: [] });
  const rows = [row('source', 'sample', 97, 62), row('indicator', 'K1', 99, 100), row('source', 'khac', 1, 1)];
  const origins = originsOf([{ source: 'sample' }, { source: 'ioc', subject: { topic: 'indicator', code: 'K1' } }, { source: 'ioc', subject: { topic: 'assignment', code: 'as-1' } }, { source: 'sample' }]);
  expect(origins).toEqual(['source/sample', 'indicator/K1']);
  expect(weakestOf(origins, rows)).toEqual({ score: 'live', value: 62 });
  expect(weakestOf(['indicator/K1'], rows)).toEqual({ score: 'clean', value: 99 });
  expect([weakestOf([], rows), weakestOf(['source/x'], rows)]).toEqual([null, null]);
});
