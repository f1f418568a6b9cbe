import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRealClock } from '../../kernel/clock.ts';
import { createLog } from '../../kernel/log.ts';
import { createEmbeddedEngine } from './embedded/embedded.ts';
import { migrate } from './migrate.ts';
import { promote } from './promote.ts';
import { createTestEngine, templateFolder, testEngineKinds, type TestEngine } from './testEngines.ts';

const SCHEMA = `
  create table ward (id int generated always as identity primary key, parent int references ward, area geometry(polygon, 4326),
    area_3857 geometry generated always as (st_transform(area, 3857)) stored, note jsonb, secret bytea, valid daterange, ratio float8, words text[]);
  create table reading (at timestamptz not null, ward int references ward, value numeric(12, 4), primary key (at, ward)) partition by range (at);
  create function refuse() returns trigger language plpgsql as $$ begin raise exception 'append only'; end $$;
  create trigger reading_kept before insert on reading for each statement when (current_setting('app.writer', true) is null) execute function refuse();
  create table seeded (name text primary key);
  insert into seeded values ('from migration');`;

const CONTENT = `
  select set_config('app.writer', 'test', true);
  create table reading_2026_03 partition of reading for values from ('2026-03-01') to ('2026-04-01');
  insert into ward (parent, area, note, secret, valid, ratio, words) values
    (2, st_geomfromtext('POLYGON((108.123456789012345 16,109 16,109 17,108.123456789012345 16))', 4326), '{"a": "Đà Nẵng"}', '\\x00ff', '[2026-01-01,)', 0.1, '{"a,b",null,"\\"c"}'),
    (null, null, null, null, null, 'NaN', null);
  insert into reading select timestamptz '2026-03-01' + n * interval '1 second', 1, n / 7.0 from generate_series(1, 5000) n;
  delete from seeded;
  insert into seeded values ('changed later');`;

const EVERYTHING = `
  select (select jsonb_agg(w.id || ' ' || coalesce(w.parent, 0) || encode(st_asewkb(w.area), 'hex') || encode(st_asewkb(w.area_3857), 'hex') order by w.id) from ward w) as areas,
    (select array_agg(row(note, secret, valid, ratio, words)::text order by id) from ward) as rest,
    (select count(*) || ' ' || sum(value) || ' ' || max(at) from reading) as readings, (select array_agg(name) from seeded) as seeded`;

describe.runIf(testEngineKinds().includes('postgres'))('promotion of an embedded store', () => {
  let server: TestEngine;
  let dataFolder: string;
  let migrationsFolder: string;
  let held: unknown;
  beforeAll(async () => {
    server = await createTestEngine('postgres');
    dataFolder = await mkdtemp(join(tmpdir(), 'tc-promote-'));
    migrationsFolder = await mkdtemp(join(tmpdir(), 'tc-promote-sql-'));
    await writeFile(join(migrationsFolder, '0001_all.sql'), SCHEMA);
    const source = await createEmbeddedEngine({ dataFolder, templateFolder: templateFolder(), log: createLog('silent'), clock: createRealClock(), keepsSnapshots: false });
    await migrate(source, createLog('silent'), migrationsFolder);
    await source.tx(async (tx) => {
      for (const statement of CONTENT.split(';\n')) await tx.query(statement);
    });
    held = await source.query(EVERYTHING);
    await source.close();
  });
  afterAll(async () => {
    await server.close();
    for (const folder of [dataFolder, migrationsFolder]) await rm(folder, { recursive: true });
  });
  beforeEach(() => server.wipe());

  const run = () => promote({ dataFolder, databaseUrl: server.databaseUrl!, log: createLog('silent'), migrationsFolder });

  it('arrives equal, with its keys, triggers and counters at work', async () => {
    expect((await run()).tables).toEqual([{ name: 'reading', rows: 5000 }, { name: 'seeded', rows: 1 }, { name: 'ward', rows: 2 }]);
    expect(await server.engine.query(EVERYTHING)).toEqual(held);
    expect(await server.engine.query('insert into ward (parent) values (1) returning id')).toEqual([{ id: 3 }]);
    await expect(server.engine.query('insert into ward (parent) values (99)')).rejects.toMatchObject({ rule: 'reference' });
    await expect(server.engine.query(`insert into reading values ('2026-03-02', 1, 1)`)).rejects.toThrow('append only');
  });

  it('refuses a database that already holds tables', async () => {
    await server.engine.query('create table old (id int)');
    await expect(run()).rejects.toThrow('already holds tables');
  });
});
