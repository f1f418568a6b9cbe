import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import type { Log } from '../../kernel/log.ts';
import type { Engine, Queryable } from './engine.ts';
import { toStoreError } from './errors.ts';

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../migrations', import.meta.url));
const APPLIED = 'schema_migration';
const SUMS = 'schema_checksum';
const NAME = /^\d{4}_[a-z0-9_]+\.sql$/;

interface Migration {
  name: string;
  sum: string;
}

/** Brings the store forward, one transaction per file, and returns the names it applied. Fails: a plain sentence when the store is newer than the files or a file was edited after it ran. */
export async function migrate(engine: Engine, log: Log, folder = MIGRATIONS_FOLDER): Promise<string[]> {
  const files = await readMigrations(folder);
  await refuseForeign(engine, files);
  try {
    const applied = await engine.session((client) =>
      runner({
        dbClient: client,
        dir: folder,
        direction: 'up',
        migrationsTable: APPLIED,
        noLock: engine.kind === 'embedded',
        advisoryLockMode: 'wait',
        checkOrder: true,
        singleTransaction: false,
        logger: quiet(log),
      }),
    );
    await keepSums(engine, files);
    for (const { name } of applied) log.info({ migration: name }, 'schema moved forward');
    return applied.map(({ name }) => name);
  } catch (error) {
    throw toStoreError(error);
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).sort();
  const stray = names.find((name) => !NAME.test(name));
  if (stray) throw new Error(`${stray} is not named like a migration: NNNN_what_it_does.sql`);
  return Promise.all(
    names.map(async (name) => ({
      name: name.replace(/\.sql$/, ''),
      sum: createHash('sha256').update(await readFile(join(folder, name))).digest('hex'),
    })),
  );
}

async function refuseForeign(store: Queryable, files: Migration[]): Promise<void> {
  const sums = new Map(files.map(({ name, sum }) => [name, sum]));
  if (!(await exists(store, SUMS))) return;
  for (const { name, sum } of await store.query<Migration>(`select name, sum from ${SUMS} order by name`)) {
    const known = sums.get(name);
    if (known === undefined) throw new Error(`the store is newer than this program: it has ${name}; start the newer version, or restore a backup`);
    if (known !== sum) throw new Error(`${name}.sql was changed after it was applied; put the change into a new file`);
  }
}

async function keepSums(store: Queryable, files: Migration[]): Promise<void> {
  await store.query(`create table if not exists ${SUMS} (name text primary key, sum text not null)`);
  await store.query(`insert into ${SUMS} (name, sum) select * from unnest($1::text[], $2::text[]) on conflict (name) do nothing`, [
    files.map(({ name }) => name),
    files.map(({ sum }) => sum),
  ]);
}

async function exists(store: Queryable, table: string): Promise<boolean> {
  const [row] = await store.query<{ found: boolean }>('select to_regclass($1) is not null as found', [`public.${table}`]);
  return row?.found === true;
}

function quiet(log: Log) {
  const debug = (text: string) => log.debug({}, text);
  return { debug, info: debug, warn: (text: string) => log.warn({}, text), error: (text: string) => log.error({}, text) };
}
