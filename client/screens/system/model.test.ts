import { expect, test } from 'vitest';
import type { FeedHealth } from '#contract/entry.ts';
import type { SystemState } from '#contract/system.ts';
import type { OutputHealth } from '#contract/wall.ts';
import { sizeOf, troublesOf } from './model.ts';

const AT = Date.UTC(2026, 9, 1);
const state: SystemState = {
  version: '1.0.0', runtime: 'Node.js 24', startedAt: AT, memoryBytes: 2e8, hasOwnCa: false,
  clock: { realAt: AT, domainAt: AT, rate: 1, isReal: true },
  store: { kind: 'embedded', state: 'ready', server: '18', postgis: '3.6', restarts: 0, lastFault: null, lastSnapshotAt: null, copy: null },
  log: { epoch: 'e', head: 1 }, disk: { freeBytes: 5e10, totalBytes: 1e11, fullAt: null }, map: { attribution: '', limits: [], origins: [] }, nodes: [], line: 'alone', above: null, ills: [],
};
const feed = (of: FeedHealth['state']) => ({ id: of, name: of, state: of, ageMs: 0, lastAt: AT, accepted: 0, rejected: 0 }) satisfies FeedHealth;
const output = (connected: boolean): OutputHealth => ({ wall: 'w2x2', output: 'r1c1', rev: 1, appliedAt: AT, applyErrorMs: 0, clockErrorMs: 0, fps: 60, heapBytes: null, contextLosses: 0, pageState: 'live', connected, seenAt: AT, client: 'c' });

test('a healthy installation has no troubles; a source that waits is none', () => {
  expect(troublesOf(state, [feed('live'), feed('waiting'), feed('off')], [output(true)], [])).toEqual([]);
});

test('every trouble is named with its count, worst first', () => {
  const ill: SystemState = { ...state, disk: null, store: { ...state.store, state: 'recovering' }, clock: { ...state.clock, isReal: false }, line: 'down' };
  expect(troublesOf(ill, [feed('stale'), feed('down')], [output(false), output(true)], ['Ngập (LGSP)'])).toEqual([
    { kind: 'store', count: 1 }, { kind: 'line', count: 1 }, { kind: 'disk-unknown', count: 1 }, { kind: 'feeds', count: 2 }, { kind: 'connections', count: 1 }, { kind: 'outputs', count: 1 }, { kind: 'clock', count: 1 },
  ]);
});

test('a lost server, a failing link upwards and what the server finds by itself are troubles', () => {
  const node = { id: 'n', name: 'may-2:8082', version: '1', startedAt: AT, isThis: false, isOnDuty: false, lostSince: AT };
  const above = { fault: 'away' as const, since: AT, heardAt: null, waiting: 3, refused: { count: 2, code: 'INGEST_UNIT', at: AT } };
  const ills = ['backup', 'clock', 'wake', 'cameras', 'disk'].map((kind) => ({ kind, figure: '1', since: AT }));
  expect(troublesOf({ ...state, nodes: [node], above, ills }, [], [], []).map(({ kind, count }) => [kind, count])).toEqual([
    ['nodes', 1], ['above', 1], ['above-refused', 2], ['backup', 1], ['server-clock', 1], ['wake', 1], ['cameras', 1],
  ]);
  expect(troublesOf({ ...state, nodes: [{ ...node, lostSince: null }], above: { ...above, fault: null, refused: null } }, [], [], [])).toEqual([]);
});

test('a short disk is a trouble', () => {
  expect(troublesOf({ ...state, disk: { freeBytes: 4e9, totalBytes: 1e11, fullAt: null } }, [], [], [])).toEqual([{ kind: 'disk', count: 1 }]);
});

test('sizes are said in the unit people know', () => {
  expect(sizeOf(1.5e9)).toMatchObject({ unit: 'gb', value: 1.5 });
  expect(sizeOf(2e8)).toMatchObject({ unit: 'mb', value: 200 });
});
