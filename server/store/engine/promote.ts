import pg from 'pg';
import { createRealClock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import { createEmbeddedEngine } from './embedded/embedded.ts';
import type { Queryable } from './engine.ts';
import { migrate, MIGRATIONS_FOLDER } from './migrate.ts';
import { createPostgresEngine } from './postgres/postgres.ts';
import { columnsOf, foreignKeysOf, partitionsOf, sequencesOf, tablesOf, type Table } from './schemaReading.ts';

/** Longest time of one statement while a whole store is moved. */
const DEADLINE_MS = 600_000;
const ROWS_PER_STEP = 2000;
const NOT_COPIED = ['schema_migration', 'schema_checksum', 'spatial_ref_sys'];

export interface PromoteOptions {
  dataFolder: string;
  databaseUrl: string;
  log: Log;
  migrationsFolder?: string;
}

export interface PromoteReceipt {
  tables: { name: string; rows: number }[];
}

/**
 * Moves an embedded store into a PostgreSQL server: all rows in one transaction, counted on both sides; the embedded store stays as it was.
 * Fails: a plain sentence when the server already holds a store, and whatever the server refuses; then nothing was copied.
 */
export async function promote({ dataFolder, databaseUrl, log, migrationsFolder = MIGRATIONS_FOLDER }: PromoteOptions): Promise<PromoteReceipt> {
  const shared = { log, clock: createRealClock(), deadlineMs: DEADLINE_MS };
  const source = await createEmbeddedEngine({ dataFolder, keepsSnapshots: false, ...shared });
  try {
    const target = await createPostgresEngine({ databaseUrl, ...shared });
    try {
      await refuseUsed(target);
      await migrate(source, log, migrationsFolder);
      await migrate(target, log, migrationsFolder);
      return await target.tx((to) => source.tx((from) => copyStore(from, to, log), { isolation: 'repeatable read', readOnly: true }));
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function refuseUsed(target: Queryable): Promise<void> {
  const used = (await tablesOf(target)).filter(({ name }) => !NOT_COPIED.includes(name));
  if (used.length > 0) throw new Error('the PostgreSQL database already holds tables; give an empty database');
}

async function copyStore(from: Queryable, to: Queryable, log: Log): Promise<PromoteReceipt> {
  for (const { parent, name, bound } of await partitionsOf(from)) {
    await to.query(`create table if not exists ${name} partition of ${parent} ${bound}`);
  }
  const tables = (await tablesOf(to)).filter(({ name }) => !NOT_COPIED.includes(name));
  const keys = await foreignKeysOf(to);
  for (const { table, name } of keys) await to.query(`alter table ${table} drop constraint ${name}`);
  for (const { quoted } of tables) await to.query(`alter table ${quoted} disable trigger user`);
  if (tables.length > 0) await to.query(`truncate ${tables.map(({ quoted }) => quoted).join(', ')}`);

  const receipt: PromoteReceipt = { tables: [] };
  for (const table of tables) {
    const rows = await copyTable(from, to, table);
    receipt.tables.push({ name: table.name, rows });
    log.info({ table: table.name, rows }, 'table copied');
  }
  for (const { name, value } of await sequencesOf(from)) await to.query('select setval($1::regclass, $2)', [name, value]);
  for (const { quoted } of tables) await to.query(`alter table ${quoted} enable trigger user`);
  for (const { table, name, definition } of keys) await to.query(`alter table ${table} add constraint ${name} ${definition}`);
  return receipt;
}

/** Every value travels as its text, which is exact for all types of both engines. */
async function copyTable(from: Queryable, to: Queryable, table: Table): Promise<number> {
  const columns = await columnsOf(from, table);
  const names = columns.map(({ name }) => pg.escapeIdentifier(name));
  const texts = names.map((name) => `${name}::text as ${name}`).join(', ');
  const values = columns.map(({ type }, index) => `v${index}::${type}`).join(', ');
  const lists = columns.map((_, index) => `$${index + 1}::text[]`).join(', ');
  const aliases = columns.map((_, index) => `v${index}`).join(', ');
  const insert = `insert into ${table.quoted} (${names.join(', ')}) overriding system value select ${values} from unnest(${lists}) as given(${aliases})`;

  await from.query(`declare moving no scroll cursor for select ${texts} from ${table.quoted}`);
  let copied = 0;
  for (;;) {
    const rows = await from.query<Record<string, string | null>>(`fetch ${ROWS_PER_STEP} from moving`);
    if (rows.length === 0) break;
    await to.query(insert, columns.map(({ name }) => rows.map((row) => row[name] ?? null)));
    copied += rows.length;
  }
  await from.query('close moving');

  const [counted] = await to.query<{ rows: number }>(`select count(*) as rows from ${table.quoted}`);
  if (counted?.rows !== copied) throw new Error(`${table.name}: ${copied} rows were sent and ${counted?.rows} arrived`);
  return copied;
}
