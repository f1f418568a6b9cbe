import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRealClock } from '../../kernel/clock.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import { createLog, type Log } from '../../kernel/log.ts';
import { createEmbeddedEngine } from './embedded/embedded.ts';
import type { Engine } from './engine.ts';
import { findPostgres, startNativeCluster } from './nativeCluster.ts';
import { createPostgresEngine } from './postgres/postgres.ts';

const WIPE = readFileSync(new URL('./wipe.sql', import.meta.url), 'utf8');
const TEMPLATES = fileURLToPath(new URL('../../../node_modules/.cache/store-template', import.meta.url));

/** One engine made for one test file. */
export interface TestEngine extends Closable {
  readonly kind: Engine['kind'];
  readonly engine: Engine;
  /** Set on the PostgreSQL engine: where a second engine or node can connect. */
  readonly databaseUrl: string | undefined;
  /** Drops everything but the extensions. */
  wipe(): Promise<void>;
  /** Empties every table except those named. */
  empty(except?: readonly string[]): Promise<void>;
  /** Kills the database under the engine; resolves when it serves again. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

export interface TestEngineOptions {
  deadlineMs?: number;
  log?: Log;
}

/** Where tests keep the initialised store; several checkouts may share one by STORE_TEMPLATE. */
export const templateFolder = () => process.env['STORE_TEMPLATE'] ?? TEMPLATES;

/** The kinds that this machine can test. A missing PostgreSQL is said aloud, never passed over. */
export function testEngineKinds(): Engine['kind'][] {
  if (findPostgres()) return ['embedded', 'postgres'];
  process.stderr.write('\n!!! SKIPPED: no PostgreSQL with PostGIS found, the store is tested on the embedded engine only (apt-get install postgresql-15-postgis-3)\n\n');
  return ['embedded'];
}

export async function createTestEngine(kind: Engine['kind'], options: TestEngineOptions = {}): Promise<TestEngine> {
  return kind === 'embedded' ? createEmbedded(options) : createNative(options);
}

/** One engine of every kind that this machine can test. */
export function createTestEngines(options: TestEngineOptions = {}): Promise<TestEngine[]> {
  return Promise.all(testEngineKinds().map((kind) => createTestEngine(kind, options)));
}

async function createEmbedded({ deadlineMs, log = createLog('silent') }: TestEngineOptions): Promise<TestEngine> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'tc-store-'));
  const engine = await createEmbeddedEngine({
    dataFolder, templateFolder: templateFolder(), log, clock: createRealClock(), deadlineMs, keepsSnapshots: false,
  });
  return {
    kind: 'embedded',
    engine,
    databaseUrl: undefined,
    ...resets(engine),
    crash: () => engine.recycle('killed by a test'),
    async close() {
      await engine.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

async function createNative({ deadlineMs, log = createLog('silent') }: TestEngineOptions): Promise<TestEngine> {
  const bin = findPostgres();
  if (!bin) throw new Error('no PostgreSQL with PostGIS on this machine');
  const cluster = await startNativeCluster(bin);
  const engine = await createPostgresEngine({ databaseUrl: cluster.url, log, clock: createRealClock(), deadlineMs });
  return {
    kind: 'postgres',
    engine,
    databaseUrl: cluster.url,
    ...resets(engine),
    crash: cluster.crash,
    async close() {
      await engine.close();
      await cluster.stop();
    },
  };
}

function resets(engine: Engine): Pick<TestEngine, 'wipe' | 'empty'> {
  return {
    wipe: async () => void (await engine.query(WIPE)),
    async empty(except = []) {
      const kept = ['schema_migration', 'schema_checksum', 'spatial_ref_sys', ...except];
      const tables = await engine.query<{ name: string }>(
        `select quote_ident(relname) as name from pg_class
         where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relname <> all($1)`,
        [kept],
      );
      if (tables.length > 0) await engine.query(`truncate ${tables.map(({ name }) => name).join(', ')} restart identity cascade`);
    },
  };
}
