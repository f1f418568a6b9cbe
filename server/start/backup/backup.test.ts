import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig, type Config } from '../../kernel/config.ts';
import { createTestEngine, testEngineKinds } from '../../store/engine/testEngines.ts';
import { readHead } from '../../store/log/log.ts';
import { openStore, reachStore } from '../openStore.ts';
import { openSealKey } from '../secrets.ts';
import { makeBackup } from './backup.ts';
import { restoreBackup } from './restore.ts';

const NOW = Date.parse('2026-11-22T03:00:00Z');
const FACTS = { version: '0.0.1', now: NOW };
const quiet = () => {};
const places: { work: string; config: Config } = { work: '', config: {} as Config };

async function remember(value: string): Promise<void> {
  const engine = await openStore(places.config);
  await engine.query(`insert into setting (name, value, changed_by, changed_at) values ('remembered', to_jsonb($1::text), 'test', 0) on conflict (name) do update set value = excluded.value`, [value]);
  await engine.close();
}

async function remembered(): Promise<unknown> {
  const engine = await openStore(places.config);
  const rows = await engine.query<{ value: unknown }>(`select value from setting where name = 'remembered'`);
  const head = await readHead(engine);
  await engine.close();
  return { value: rows[0]?.value, epoch: head.epoch };
}

beforeEach(() => {
  places.work = mkdtempSync(join(tmpdir(), 'toan-canh-backup-'));
  const answer = readConfig({ IOC_DATA: join(places.work, 'data'), IOC_LOG: 'silent' }, places.work);
  if (!('config' in answer)) throw new Error(answer.problems.join());
  places.config = answer.config;
  openSealKey(answer.config.dataFolder);
});
afterEach(() => rmSync(places.work, { recursive: true, force: true }));

test('what was stored comes back under a new epoch; a damaged copy or a running server changes nothing', async () => {
  await remember('before');
  const folder = join(places.work, 'copy');
  const settings = join(places.config.dataFolder, 'reports.json');
  writeFileSync(settings, '{"place":"Đà Nẵng"}');
  const manifest = await makeBackup(places.config, folder, FACTS, quiet);
  expect(manifest.files.map((file) => file.path)).toEqual(expect.arrayContaining(['seal.key', 'reports.json']));
  expect(statSync(folder).mode & 0o077).toBe(0);

  const key = join(folder, 'seal.key');
  const good = readFileSync(key);
  writeFileSync(key, Buffer.from(good.map((byte, index) => (index === 3 ? byte ^ 1 : byte))));
  await expect(restoreBackup(places.config, folder, NOW)).rejects.toThrow('seal.key');
  writeFileSync(key, good);

  const running = await openStore(places.config);
  const { epoch: oldEpoch } = await readHead(running);
  await running.query(`update setting set value = to_jsonb('after'::text)`);
  await expect(restoreBackup(places.config, folder, NOW)).rejects.toThrow('in use');
  await running.close();

  rmSync(settings);
  const { epoch } = await restoreBackup(places.config, folder, NOW);
  expect(readFileSync(settings, 'utf8')).toContain('Đà Nẵng');
  expect(await remembered()).toEqual({ value: 'before', epoch });
  expect(epoch).not.toBe(oldEpoch);
  expect(readdirSync(places.config.dataFolder).filter((name) => name.startsWith('store.before-'))).toHaveLength(1);
});

test('a running server is asked for a fresh copy, also before its first hour is over', async () => {
  const running = await openStore(places.config);
  try {
    await running.query(`insert into setting (name, value, changed_by, changed_at) values ('remembered', to_jsonb('while it ran'::text), 'test', 0)`);
    const said: string[] = [];
    await makeBackup(places.config, join(places.work, 'live'), FACTS, (text) => said.push(text));
    expect(said).toEqual([expect.stringContaining('made a snapshot')]);
  } finally {
    await running.close();
  }
  await restoreBackup(places.config, join(places.work, 'live'), NOW);
  expect(await remembered()).toMatchObject({ value: 'while it ran' });
});

test.each(testEngineKinds().filter((kind) => kind === 'postgres'))('on %s what a newer version made goes, and the database need not be an administrator’s', async (kind) => {
  const cluster = await createTestEngine(kind);
  try {
    await cluster.engine.query('create role city_owner login');
    await cluster.engine.query('create database city owner city_owner');
    const urlOf = (user: string) => cluster.databaseUrl!.replace('postgres@/postgres', `${user}@/city`);
    const asUser = (user: string): Config => ({ ...places.config, DATABASE_URL: urlOf(user) });
    // The administrator of the database makes the extensions, as in most houses.
    await (await reachStore(asUser('postgres'))).close();
    places.config = asUser('city_owner');
    await remember('before');
    const folder = join(places.work, 'dump');
    await makeBackup(places.config, folder, FACTS, quiet);
    const newer = await openStore(places.config);
    await newer.query('create table newer_thing (account_id bigint references account (id), name text references setting (name))');
    await newer.query('create view newer_view as select * from setting');
    await newer.query(`insert into schema_checksum values ('9999_newer', 'x')`);
    await newer.close();
    const { epoch } = await restoreBackup(places.config, folder, NOW);
    expect(await remembered()).toEqual({ value: 'before', epoch });
    const engine = await openStore(places.config);
    const [left] = await engine.query<{ made: string | null; hasPostgis: boolean }>(`select to_regclass('newer_thing')::text as made, exists (select from pg_extension where extname = 'postgis') as "hasPostgis"`);
    await engine.close();
    expect(left).toEqual({ made: null, hasPostgis: true });
  } finally {
    await cluster.close();
  }
});
