import type { Queryable } from '../engine.ts';

const LEAST_SERVER = 150_000;
const LEAST_POSTGIS = [3, 3] as const;
const EXTENSIONS = ['postgis', 'pg_trgm', 'unaccent', 'btree_gist'];

/** Two nodes that start together create the extensions one after the other. */
const STARTUP_LOCK = 7_316_001;

interface Found {
  server: string;
  number: number;
  postgis: string | null;
}

const FOUND = `
  select current_setting('server_version') as server, current_setting('server_version_num')::int as number,
    coalesce((select extversion from pg_extension where extname = 'postgis'),
             (select default_version from pg_available_extensions where name = 'postgis')) as postgis`;

/** Checks the server and creates the extensions. Fails: a plain sentence that says what the administrator must do. */
export async function requireServer(store: Queryable & { tx<T>(work: (tx: Queryable) => Promise<T>): Promise<T> }): Promise<{ server: string; postgis: string }> {
  const found = (await store.query<Found>(FOUND))[0]!;
  if (found.number < LEAST_SERVER) throw new Error(`PostgreSQL ${found.server} is too old: version 15 or newer is needed`);
  if (found.postgis === null) throw new Error('this PostgreSQL server has no PostGIS: install PostGIS 3.3 or newer on it');
  if (!isPostgisEnough(found.postgis)) throw new Error(`PostGIS ${found.postgis} is too old: version 3.3 or newer is needed`);
  await store.tx(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [STARTUP_LOCK]);
    for (const name of await missingExtensions(tx)) await createExtension(tx, name);
  });
  return { server: found.server, postgis: found.postgis };
}

export function isPostgisEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return major > LEAST_POSTGIS[0] || (major === LEAST_POSTGIS[0] && minor >= LEAST_POSTGIS[1]);
}

async function missingExtensions(store: Queryable): Promise<string[]> {
  const rows = await store.query<{ name: string }>('select extname as name from pg_extension');
  return EXTENSIONS.filter((name) => !rows.some((row) => row.name === name));
}

async function createExtension(store: Queryable, name: string): Promise<void> {
  try {
    await store.query(`create extension if not exists ${name}`);
  } catch (error) {
    throw new Error(`the extension ${name} cannot be created; let an administrator run: create extension ${name};`, { cause: error });
  }
}
