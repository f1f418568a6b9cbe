import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FeedHealth, LogEntry } from '#contract/entry.ts';
import { okay, type Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import type { ScheduledWall } from '#contract/wall.ts';
import type { WallRule } from '#contract/wallRule.ts';
import type { LogPort } from '../../domain/ports/log.ts';
import { stateHash } from '../../domain/wall/stateHash.ts';
import type { Clock } from '../../kernel/clock.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { migrate } from '../engine/migrate.ts';
import { createTestEngine, testEngineKinds, type TestEngine } from '../engine/testEngines.ts';
import { createAlertFacts } from './alertFacts.ts';
import { createAlertWatch, type AlertWatch } from './alertWatch.ts';
import { createWalls, type Walls } from './walls.ts';

const START = Date.UTC(2026, 9, 1, 3);
const operator: Principal = { kind: 'person', id: 'u-1', name: 'Trực ban', roles: ['operator'], units: null };
const layoutsFolder = fileURLToPath(new URL('../../../layouts/', import.meta.url));

describe.each(testEngineKinds())('alerts compose walls on %s', (kind) => {
  let test_: TestEngine;
  let walls: Walls;
  let watch: AlertWatch;
  let now = START;
  let feed: FeedHealth['state'] = 'live';
  const clock: Clock = { now: () => now, realNow: () => now, rate: () => 1, isReal: () => true };
  const alerts = new Map<string, AlertState>();
  const listeners = new Set<(entries: LogEntry[]) => void>();
  const entryOf = (body: AlertState): LogEntry => ({ seq: 1, topic: 'alert', key: body.id, id: body.id, rev: 1, at: now, body });
  const log: LogPort = {
    epoch: () => 'epoch-01',
    head: () => 1,
    heads: () => ({}),
    read: () => Promise.resolve(okay({ epoch: 'epoch-01', head: 1, entries: [] })),
    snapshot: () => Promise.resolve(okay({ epoch: 'epoch-01', head: 1, entries: [...alerts.values()].map(entryOf) })),
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const facts = createAlertFacts({
    collections: { get: (_name, id) => Promise.resolve(alerts.has(id) ? okay(alerts.get(id)) : { ok: false as const, fault: { code: 'NOT_FOUND' as const, message: '' } }) },
    cameraSearch: { near: () => Promise.resolve(okay([{ camera: { id: 'cam-9' }, distanceM: 300 }])), seeing: () => Promise.resolve(okay([{ camera: { id: 'cam-1' }, distanceM: 80 }])) },
    now: () => now,
  });
  const good = (outcome: Outcome<ScheduledWall>) => (outcome.ok ? outcome.value.state : expect.unreachable(outcome.fault.code));
  const shown = (wall = 'w2x2') => good(walls.current(wall));
  const tell = async (id: string, change: Partial<AlertState> = {}) => {
    const state = { id, kind: 'flood', level: 1, title: `Ngập ${id}`, position: [108.21, 16.06], raisedAt: now, state: 'raised', status: 'active', shelvedUntil: null, duplicateOf: null, ...alerts.get(id), ...change } as AlertState;
    alerts.set(id, state);
    for (const listener of listeners) listener([entryOf(state)]);
    await watch.settled();
  };

  beforeAll(async () => {
    test_ = await createTestEngine(kind);
    await migrate(test_.engine, createSilentLog());
  });
  afterAll(() => test_.close());
  beforeEach(async () => {
    now = START;
    alerts.clear();
    await test_.empty();
    walls = await createWalls({ engine: test_.engine, clock, layoutsFolder, logger: createSilentLog(), factsOf: facts });
    feed = 'live';
    watch = await createAlertWatch({ log, walls, clock, logger: createSilentLog(), feeds: () => [{ id: 'cap', name: 'CAP', state: feed, ageMs: 0, lastAt: now, accepted: 0, rejected: 0 }] });
    return async () => {
      await watch.close();
      await walls.close();
    };
  });

  test('a RED alert composes the walls its rule names, and verification gives them back exactly', async () => {
    const before = stateHash(shown());
    await tell('al-1');
    expect(shown()).toMatchObject({ composed: { alert: 'al-1', rule: 'canh-bao-do' }, changedBy: 'Quy tắc ghép màn hình' });
    expect(shown().tiles.filter(({ widget }) => widget === 'camera').map(({ settings }) => settings)).toEqual([{ camera: 'cam-1' }, { camera: 'cam-9' }]);
    expect(shown('w1x1').composed).toBeUndefined();
    await tell('al-1', { state: 'resolved' });
    expect(shown().composed?.alert).toBe('al-1');
    await tell('al-1', { state: 'verified' });
    expect(shown().composed).toBeUndefined();
    expect(stateHash(shown())).toBe(before);
    await tell('al-1', { state: 'raised' });
    expect(shown().composed).toBeUndefined();
  });

  test('a source that falls silent brings the scene of its rule once', async () => {
    const rule: WallRule = { schema: 1, id: 'mat-nguon', name: { vi: 'Mất nguồn', en: 'Source lost' }, isOn: true, when: { event: 'service', source: 'cap', states: ['stale', 'down'] }, scene: { scene: 'an-ninh-giao-thong', walls: ['w2x2'] } };
    walls.rules = () => [rule];
    await watch.look();
    expect(shown().scene).toBe('toan-canh');
    feed = 'down';
    await watch.look();
    expect(shown()).toMatchObject({ scene: 'an-ninh-giao-thong', why: 'Mất nguồn' });
    const { rev } = shown();
    feed = 'stale';
    await watch.look();
    expect(shown().rev).toBe(rev);
  });

  test('others wait in line, time gives the wall to the next, and to nobody in the end', async () => {
    const before = stateHash(shown());
    await tell('al-1');
    await tell('al-2');
    await tell('al-3', { level: 2 });
    expect(shown()).toMatchObject({ composed: { alert: 'al-1' }, waiting: [{ alert: 'al-2' }] });
    now = shown().composed!.until;
    await watch.look();
    expect(shown()).toMatchObject({ composed: { alert: 'al-2' } });
    expect(shown().waiting).toBeUndefined();
    now = shown().composed!.until;
    await watch.look();
    expect(stateHash(shown())).toBe(before);
  });

  test('an operator’s scene is left alone for a while, and rules can be switched off', async () => {
    await tell('al-1');
    await tell('al-2');
    good(await walls.act(operator, 'w2x2', { do: 'scene', scene: 'toan-canh' }, ''));
    await watch.look();
    expect(shown()).toMatchObject({ scene: 'toan-canh', waiting: [{ alert: 'al-2' }] });
    now += 31_000;
    await watch.look();
    expect(shown().composed?.alert).toBe('al-2');
    good(await walls.act(operator, 'w2x2', { do: 'release', all: true }, ''));
    good(await walls.act(operator, 'w2x2', { do: 'rules', on: false }, ''));
    await tell('al-4');
    expect(shown()).toMatchObject({ areRulesOff: true });
    expect(shown().composed ?? shown().waiting).toBeUndefined();
  });

  test('after a restart a fresh alert is found, a handled one is not shown again', async () => {
    await tell('al-1');
    good(await walls.act(operator, 'w2x2', { do: 'release' }, ''));
    await watch.close();
    alerts.set('al-2', { ...alerts.get('al-1')!, id: 'al-2' });
    watch = await createAlertWatch({ log, walls, clock, logger: createSilentLog() });
    await watch.settled();
    expect(shown()).toMatchObject({ composed: { alert: 'al-2' } });
    expect(shown().waiting).toBeUndefined();
  });
});
