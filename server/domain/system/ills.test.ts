import { expect, test } from 'vitest';
import { illsOf, type SelfView } from './ills.ts';

const well: SelfView = { disk: { freeBytes: 50, totalBytes: 100, fullAt: null }, now: 0, backupFault: null, wakeLagMs: 3, line: 'up', clockOffsetMs: 5, cameras: { looked: 10, down: 1 }, feeds: { all: 4, down: 1 }, above: null, lostNodes: [] };
const named = (over: Partial<SelfView>) => [...illsOf({ ...well, ...over }).keys()];

test('a healthy installation says nothing of itself', () => {
  expect(named({})).toEqual([]);
  expect(named({ disk: null, wakeLagMs: undefined, line: 'alone', clockOffsetMs: null, cameras: { looked: 2, down: 2 }, feeds: { all: 0, down: 0 }, above: { lostMs: 60_000, waiting: 9 } })).toEqual([]);
});

test.each([
  ['disk', { disk: { freeBytes: 9, totalBytes: 100, fullAt: null } }],
  ['disk', { disk: { freeBytes: 20, totalBytes: 100, fullAt: 86_400_000 } }],
  ['backup', { backupFault: 'trial' }],
  ['wake', { wakeLagMs: null }],
  ['wake', { wakeLagMs: 2001 }],
  ['line', { line: 'down' as const }],
  ['clock', { clockOffsetMs: -2001 }],
  ['cameras', { cameras: { looked: 10, down: 3 } }],
  ['feeds', { feeds: { all: 4, down: 3 } }],
  ['above', { above: { lostMs: 60_001, waiting: 0 } }],
  ['nodes', { lostNodes: ['may-2:8082'] }],
])('%s is named', (ill, over) => {
  expect(named(over)).toEqual([ill]);
});
