import { expect, test } from 'vitest';
import type { WallLogLine } from '#contract/past.ts';
import { faultOf } from '#contract/faults.ts';
import { logFacts, toldLines } from './model.ts';

const line = (act: string): WallLogLine => ({ wall: 'w2x2', rev: 1, at: 1, applyAt: 1, act, by: 'Lan', why: '', scene: 'toan-canh', hash: '', chain: null });

test('acts that change no picture are not told', () => {
  expect(toldLines([line('scene'), line('take'), line('push'), line('save')]).map(({ act }) => act)).toEqual(['scene', 'push']);
});

test('the tile says whether the log is there, old, empty or not to be seen', () => {
  const source = { isOnline: true, now: 1500, heardAt: 700 };
  const reading = { items: [], isReady: true, fault: null };
  expect(logFacts(reading, 2, source)).toEqual({ state: 'live', asOf: 1000, provenance: null });
  expect(logFacts(reading, 0, source).state).toBe('empty');
  expect(logFacts(reading, 2, { ...source, isOnline: false })).toMatchObject({ state: 'stale', asOf: 700 });
  expect(logFacts({ ...reading, isReady: false }, 0, source).state).toBe('loading');
  expect(logFacts({ ...reading, fault: faultOf('AUTH_FORBIDDEN') }, 0, source).state).toBe('refused');
});
