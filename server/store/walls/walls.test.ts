import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { stringify } from 'yaml';
import type { Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { ScheduledWall } from '#contract/wall.ts';
import { stateHash } from '../../domain/wall/stateHash.ts';
import type { Clock } from '../../kernel/clock.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { migrate } from '../engine/migrate.ts';
import { createTestEngine, testEngineKinds, type TestEngine } from '../engine/testEngines.ts';
import { verifyWallLog } from './wallChain.ts';
import { createWalls, type Walls } from './walls.ts';

const operator: Principal = { kind: 'person', id: 'u-1', name: 'Trực ban', roles: ['operator'], units: null };
const other: Principal = { ...operator, id: 'u-2', name: 'Ca sau' };
const START = Date.UTC(2026, 9, 1, 3);
const shipped = fileURLToPath(new URL('../../../layouts/', import.meta.url));

describe.each(testEngineKinds())('walls on %s', (kind) => {
  let test_: TestEngine;
  let folder: string;
  let now = START;
  let walls: Walls;
  const clock: Clock = { now: () => now, realNow: () => now, rate: () => 1, isReal: () => true };
  const open = (logger = createSilentLog()) => createWalls({ engine: test_.engine, clock, layoutsFolder: folder, logger });
  const good = (outcome: Outcome<ScheduledWall>) => (outcome.ok ? outcome.value : expect.unreachable(outcome.fault.code));

  beforeAll(async () => {
    test_ = await createTestEngine(kind);
    await migrate(test_.engine, createSilentLog());
    folder = await mkdtemp(join(tmpdir(), 'tc-layouts-'));
  });
  afterAll(async () => {
    await test_.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    now = START;
    await test_.empty();
    await cp(shipped, folder, { recursive: true });
    walls = await open();
    return () => walls.close();
  });

  test('a fresh store shows the first scene on every shipped wall', () => {
    expect(walls.profiles().map(({ id }) => id)).toEqual(['w1x1', 'w2x2', 'w3x2', 'w9x3']);
    for (const { id } of walls.profiles()) expect(good(walls.current(id)).state).toMatchObject({ wall: id, scene: 'toan-canh', rev: 1 });
    expect(walls.current('none')).toMatchObject({ ok: false, fault: { code: 'WALL_UNKNOWN' } });
  });

  test('an act is scheduled 200 ms ahead, told to followers, and outlives a restart', async () => {
    const told: ScheduledWall[] = [];
    walls.follow((change) => told.push(change));
    const scheduled = good(await walls.act(operator, 'w2x2', { do: 'scene', scene: 'an-ninh-giao-thong' }, 'Giờ cao điểm'));
    expect(scheduled).toMatchObject({ rev: 2, applyAt: START + 200, state: { scene: 'an-ninh-giao-thong', changedBy: 'Trực ban', why: 'Giờ cao điểm' } });
    expect(told).toEqual([scheduled]);
    await walls.close();
    walls = await open();
    expect(good(walls.current('w2x2'))).toEqual(scheduled);
  });

  test('a refused act changes nothing', async () => {
    await walls.act(operator, 'w2x2', { do: 'blank', on: true }, '');
    expect(await walls.act(other, 'w2x2', { do: 'blank', on: false }, '')).toMatchObject({ ok: false, fault: { code: 'WALL_TAKEN', detail: 'Trực ban' } });
    expect(await walls.act(operator, 'w2x2', { do: 'scene', scene: 'none' }, '')).toMatchObject({ ok: false, fault: { code: 'WALL_SCENE' } });
    expect(good(walls.current('w2x2'))).toMatchObject({ rev: 2, state: { blank: true } });
    expect(good(await walls.take(other, 'w2x2', true)).state.control).toMatchObject({ id: 'u-2' });
  });

  test('the past can be asked for, and what was pushed leaves no trace', async () => {
    const before = good(walls.current('w2x2'));
    now = START + 10_000;
    await walls.act(operator, 'w2x2', { do: 'push', tile: 'alerts', widget: 'camera', settings: { camera: 'cam-1' } }, '');
    now = START + 20_000;
    const after = good(await walls.act(operator, 'w2x2', { do: 'return' }, ''));
    expect(stateHash(after.state)).toBe(stateHash(before.state));
    const widgetAt = async (at: number) => good(await walls.stateAt('w2x2', at)).state.tiles.find(({ id }) => id === 'alerts')?.widget;
    expect(await widgetAt(START + 5000)).toBe('alert-list');
    expect(await widgetAt(START + 15_000)).toBe('camera');
    expect(await widgetAt(START + 25_000)).toBe('alert-list');
    expect(await walls.stateAt('w2x2', START - 1)).toMatchObject({ ok: false, fault: { code: 'NOT_FOUND' } });
  });

  test('a tour moves on exactly at its time, once, and a restart goes on from the same stop', async () => {
    await walls.act(operator, 'w3x2', { do: 'tour', tour: 'vong-chinh' }, '');
    const first = good(walls.current('w3x2')).state.tour!;
    expect(first).toMatchObject({ index: 0, nextAt: START + 60_200 });
    now = first.nextAt - 250;
    await walls.lookAtTours();
    expect(good(walls.current('w3x2')).state.tour?.index).toBe(0);
    now = first.nextAt - 180;
    await Promise.all([walls.lookAtTours(), walls.lookAtTours()]);
    expect(good(walls.current('w3x2'))).toMatchObject({ state: { scene: 'an-ninh-giao-thong', tour: { index: 1 } } });
    await walls.close();
    now += 3_600_000;
    walls = await open();
    await walls.lookAtTours();
    expect(good(walls.current('w3x2')).state.tour?.index).toBe(1);
    now += 5000;
    await walls.lookAtTours();
    expect(good(walls.current('w3x2')).state.tour?.index).toBe(2);
  });

  test('a second node hears of a change of the first', async () => {
    const second = await open();
    await walls.act(operator, 'w1x1', { do: 'identify', on: true }, '');
    await vi.waitFor(() => expect(good(second.current('w1x1')).state.identify).toBe(true), 30_000);
    await second.close();
  });

  test('a saved scene is shown at once; a broken one leaves the last good picture', async () => {
    const file = join(folder, 'scenes/toan-canh.yaml');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replaceAll('Bản đồ điều hành', 'Bản đồ thành phố'));
    await vi.waitFor(() => expect(good(walls.current('w2x2')).state.tiles[0]?.title?.vi).toBe('Bản đồ thành phố'), 30_000);
    const { rev } = good(walls.current('w2x2'));
    await writeFile(file, text.replaceAll('widget: map', 'widget: mapp'));
    await walls.reload();
    expect(good(walls.current('w2x2'))).toMatchObject({ rev });
    expect(walls.scenes().find(({ id }) => id === 'toan-canh')?.tiles[0]).toMatchObject({ widget: 'map', title: { vi: 'Bản đồ thành phố' } });
  });

  test('a file of an older form shows the same picture, is told once by the log, and named to the editor', async () => {
    await walls.close();
    const said: string[] = [];
    walls = await open({ ...createSilentLog(), info: (_fields, message) => void said.push(message) });
    const { rev } = good(walls.current('w2x2'));
    await writeFile(join(folder, 'scenes/toan-canh.yaml'), stringify({ ...walls.scenes().find(({ id }) => id === 'toan-canh'), schema: 1 }, { aliasDuplicateObjects: false }));
    await walls.reload();
    await walls.reload();
    expect(good(walls.current('w2x2')).rev).toBe(rev);
    expect(said.filter((line) => line.includes('từ phiên bản 1 lên 2'))).toEqual([expect.stringContaining('scenes/toan-canh.yaml')]);
    expect(await walls.commands['scene.versions']!(operator, { id: 'toan-canh' })).toMatchObject({ value: { upgrade: { from: 1, to: 2 } } });
  });

  test('the last report of every output is known, also after it left', () => {
    const report = { wall: 'w1x1', output: 'r1c1', rev: 1, appliedAt: START, applyErrorMs: 3, clockErrorMs: 0.1, fps: 60, heapBytes: null, contextLosses: 0, pageState: 'live' };
    walls.report('a', report);
    walls.forget('a');
    expect(walls.outputs()).toEqual([{ ...report, connected: false, seenAt: START, client: 'a' }]);
    walls.report('b', report);
    expect(walls.outputs()).toMatchObject([{ client: 'b', connected: true }]);
    walls.forget('b');
    now += 11 * 60_000;
    expect(walls.outputs()).toEqual([]);
  });

  test('the log is a chain; a flipped byte, a missing and a cut line are each named', async () => {
    const acts = [{ do: 'blank', on: true }, { do: 'blank', on: false }, { do: 'scene', scene: 'giao-ban' }, { do: 'identify', on: true }] as const;
    for (const act of acts) good(await walls.act(operator, 'w2x2', act, 'Thử'));
    expect(await verifyWallLog(test_.engine)).toEqual({ ok: true, walls: 4, lines: 8 });
    const damage = async (sql: string) => {
      await test_.engine.query(sql);
      return verifyWallLog(test_.engine);
    };
    const kept = await test_.engine.query<{ state: string; why: string }>(`select state::text as state, why from wall_log where wall = 'w2x2' and rev = 3`);
    expect(await damage(`update wall_log set why = 'Thứ' where wall = 'w2x2' and rev = 3`)).toMatchObject({ ok: false, wall: 'w2x2', rev: 3, why: 'changed', part: 'line' });
    await test_.engine.query(`update wall_log set why = $1 where wall = 'w2x2' and rev = 3`, [kept[0]!.why]);
    expect(await damage(`update wall_log set state = jsonb_set(state, '{tiles,0,rect,x}', '7') where wall = 'w2x2' and rev = 3`)).toMatchObject({ ok: false, rev: 3, why: 'changed', part: 'picture' });
    await test_.engine.query(`update wall_log set state = $1 where wall = 'w2x2' and rev = 3`, [kept[0]!.state]);
    expect(await verifyWallLog(test_.engine)).toMatchObject({ ok: true });
    expect(await damage(`delete from wall_log where wall = 'w2x2' and rev = 5`)).toMatchObject({ ok: false, wall: 'w2x2', rev: 5, why: 'missing' });
    expect(await damage(`delete from wall_log where wall = 'w1x1'`)).toMatchObject({ ok: false, wall: 'w1x1', rev: 1, why: 'missing' });
  });
});
