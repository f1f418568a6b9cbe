import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSilentLog } from '../../kernel/log.ts';
import { migrate, MIGRATIONS_FOLDER } from '../engine/migrate.ts';
import { createTestEngine, testEngineKinds, type TestEngine } from '../engine/testEngines.ts';
import { createPartitions } from './partitions.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW = Date.UTC(2026, 9, 1, 3);
const OWN = '0999_telemetry_partitions.sql';

describe.each(testEngineKinds())('partitions of telemetry on %s', (kind) => {
  let store: TestEngine;
  const add = (at: number) => store.engine.query(`insert into telemetry_keyframe (at, layer, provenance, frame) values ($1, 'vehicle', 'real', '\\x00')`, [at]);
  const moments = async () => (await store.engine.query<{ at: number }>('select at from telemetry_keyframe order by at')).map(({ at }) => at);
  const names = async (like: string) => (await store.engine.query<{ name: string }>(`select relname as name from pg_class where relkind = 'r' and relname like $1 order by 1`, [like])).map(({ name }) => name);

  beforeAll(async () => {
    store = await createTestEngine(kind);
    await migrate(store.engine, createSilentLog());
  });
  afterAll(() => store.close());

  test('room is made for a moment, once, by however many ask', async () => {
    await expect(add(NOW)).rejects.toThrow();
    const two = [createPartitions(store.engine), createPartitions(store.engine)];
    await Promise.all(two.map((partitions) => partitions.open('telemetry_keyframe', [NOW, NOW + HOUR_MS])));
    await add(NOW);
    await add(NOW + 2 * HOUR_MS);
    expect(await names('telemetry\\_keyframe\\_%')).toEqual(['telemetry_keyframe_2026100100']);
  });

  test('a turn opens what comes next, and removes what has passed as a whole', async () => {
    const partitions = createPartitions(store.engine);
    await partitions.open('sensor_history', [NOW - 500 * DAY_MS]);
    await store.engine.query(`insert into sensor_history values ($1, 'a', 'real', 1, 1, 1, 1, 1)`, [NOW - 500 * DAY_MS]);
    expect(await partitions.turn(NOW)).toEqual([expect.stringMatching(/^sensor_history_\d{10}$/)]);
    expect(await names('telemetry\\_keyframe\\_%')).toHaveLength(2);
    await add(NOW + 6 * HOUR_MS);
    expect(await partitions.turn(NOW + 31 * HOUR_MS)).toEqual(['telemetry_keyframe_2026100100']);
    expect(await moments()).toEqual([NOW + 6 * HOUR_MS]);
    expect(await store.engine.query('select from sensor_history')).toEqual([]);
  });

  test('what a broken-off removal left behind goes with the next turn, and other tables stay', async () => {
    await store.engine.query('create table telemetry_keyframe_2019010100 (like telemetry_keyframe)');
    await store.engine.query('create table telemetry_keyframe_kept (like telemetry_keyframe)');
    expect(await createPartitions(store.engine).turn(NOW)).toEqual(['telemetry_keyframe_2019010100']);
    expect(await names('telemetry\\_keyframe\\_kept')).toHaveLength(1);
    await store.engine.query('drop table telemetry_keyframe_kept');
  });

  test('a moment past its keeping or far ahead is kept nowhere', () => {
    const { isKept } = createPartitions(store.engine);
    expect([NOW - 399 * DAY_MS, NOW, NOW + DAY_MS].map((at) => isKept('sensor_history', at, NOW))).toEqual([true, true, true]);
    expect([NOW - 401 * DAY_MS, NOW + 9 * DAY_MS].map((at) => isKept('sensor_history', at, NOW))).toEqual([false, false]);
  });

  if (kind === 'postgres') test('nobody who writes or reads waits for a removal that waits for an open transaction', async () => {
    const later = NOW + 100 * DAY_MS;
    const partitions = createPartitions(store.engine);
    await partitions.open('telemetry_keyframe', [later]);
    const slow = new pg.Client({ connectionString: store.databaseUrl });
    await slow.connect();
    await slow.query('begin isolation level repeatable read');
    await slow.query('select count(*) from telemetry_keyframe');
    let isDone = false;
    const turning = partitions.turn(later + 2 * DAY_MS).finally(() => (isDone = true));
    await expect.poll(() => store.engine.query(`select 1 from pg_stat_activity where query like '%detach partition%concurrently' and wait_event_type = 'Lock'`)).toHaveLength(1);
    await partitions.open('telemetry_keyframe', [later + 2 * DAY_MS]);
    await add(later + 2 * DAY_MS);
    expect(await moments()).toContain(later + 2 * DAY_MS);
    expect(isDone).toBe(false);
    await slow.query('commit');
    await slow.end();
    expect(await turning).toContain('telemetry_keyframe_2027010900');
  });

  test('a store in use keeps its rows through the migration, and finds room for the next', async () => {
    const old = await createTestEngine(kind);
    const former = await mkdtemp(join(tmpdir(), 'tc-former-'));
    try {
      for (const name of await readdir(MIGRATIONS_FOLDER)) if (name < OWN) await cp(join(MIGRATIONS_FOLDER, name), join(former, name));
      await migrate(old.engine, createSilentLog(), former);
      await old.engine.query(`insert into traffic_history values ($1, 'x', 'real', 1, 30, 30, 30, 30)`, [NOW]);
      await migrate(old.engine, createSilentLog());
      await old.engine.query(`insert into traffic_history values ($1, 'x', 'real', 1, 30, 30, 30, 30)`, [NOW + DAY_MS]);
      const upsert = `insert into traffic_history as t values ($1, 'x', 'real', 1, 30, 30, 30, 30) on conflict (bucket_at, segment) do update set n = t.n + 1`;
      await old.engine.query(upsert, [NOW]);
      expect(await old.engine.query('select bucket_at as at, n from traffic_history order by 1')).toEqual([{ at: NOW, n: 2 }, { at: NOW + DAY_MS, n: 1 }]);
      expect(await createPartitions(old.engine).turn(NOW + 900 * DAY_MS)).toEqual(['traffic_history_before']);
    } finally {
      await old.close();
      await rm(former, { recursive: true });
    }
  });

  test('a wiped store has none of them left', async () => {
    await store.wipe();
    expect(await store.engine.query(`select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname ~ '_(history|keyframe)'`)).toEqual([]);
  });
});
