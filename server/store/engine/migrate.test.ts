import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../kernel/log.ts';
import { migrate } from './migrate.ts';
import { createTestEngine, testEngineKinds, type TestEngine } from './testEngines.ts';

describe.each(testEngineKinds())('migrations on %s', (kind) => {
  let test: TestEngine;
  let folder: string;
  beforeAll(async () => {
    test = await createTestEngine(kind);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.wipe();
    folder = await mkdtemp(join(tmpdir(), 'tc-migrations-'));
    await write('0001_wards.sql', 'create table ward (id int primary key);\ncreate table camera (id int primary key);');
    await write('0002_names.sql', `alter table ward add name text;\ninsert into ward values (1, 'it''s {here}');`);
    return () => rm(folder, { recursive: true });
  });

  const write = (name: string, sql: string) => writeFile(join(folder, name), sql);
  const run = () => migrate(test.engine, createLog('silent'), folder);

  it('applies files in order, once', async () => {
    expect(await run()).toEqual(['0001_wards', '0002_names']);
    expect(await run()).toEqual([]);
    await write('0003_more.sql', 'create index on ward (name)');
    expect(await run()).toEqual(['0003_more']);
    expect(await test.engine.query('select name from ward')).toEqual([{ name: `it's {here}` }]);
  });

  it('keeps nothing of a file that fails, and goes on when it is mended', async () => {
    await write('0003_broken.sql', 'create table half (id int); insert into half values (1, 2);');
    await expect(run()).rejects.toThrow('more expressions than target columns');
    expect(await test.engine.query(`select to_regclass('half') as half, to_regclass('ward') is not null as ward`)).toEqual([{ half: null, ward: true }]);
    await write('0003_broken.sql', 'create table half (id int)');
    expect(await run()).toEqual(['0003_broken']);
  });

  it('refuses a store that is newer than the program', async () => {
    await write('0003_later.sql', 'create table later (id int)');
    await run();
    await rm(join(folder, '0003_later.sql'));
    await expect(run()).rejects.toThrow('the store is newer than this program: it has 0003_later');
  });

  it('refuses a file that was edited after it ran', async () => {
    await run();
    await write('0001_wards.sql', 'create table ward (id bigint primary key)');
    await expect(run()).rejects.toThrow('0001_wards.sql was changed after it was applied');
  });

  it('refuses a file with another kind of name', async () => {
    await write('names.sql', 'select 1');
    await expect(run()).rejects.toThrow('names.sql is not named like a migration');
  });
});
