import pg from 'pg';
import type { Clock } from '../../../kernel/clock.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Engine, EngineHealth } from '../engine.ts';
import { createListener } from '../listener.ts';
import { CONNECTION_OPTIONS, createSessions, endPool, poolSettings, watchPool } from '../session.ts';
import { createPulse } from './pulse.ts';
import { requireServer } from './requirements.ts';
import { createVitals, SILENT_MS } from './vitals.ts';

const DEADLINE_MS = 30_000;
const POOL_SIZE = 10;
const FIRST_TRIES = 4;
/** The server is asked first to stop a statement; the client gives up on a server that does not answer any more. */
const SILENCE_MS = 2000;

export interface PostgresOptions {
  databaseUrl: string;
  listenUrl?: string | undefined;
  log: Log;
  clock: Clock;
  deadlineMs?: number | undefined;
  poolSize?: number | undefined;
}

/** A machine that is busy starting may not connect in time at first. Anything else than a late answer fails at once. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let left = FIRST_TRIES; ; left--) {
    try {
      return await work();
    } catch (error) {
      if (left === 1 || !(error instanceof Error && error.message.includes('timeout'))) throw error;
    }
  }
}

/** A PostgreSQL server with PostGIS: production. */
export async function createPostgresEngine(options: PostgresOptions): Promise<Engine> {
  const { databaseUrl, log, clock, deadlineMs = DEADLINE_MS } = options;
  const directUrl = options.listenUrl || databaseUrl;
  const settings = poolSettings(options.poolSize ?? POOL_SIZE);
  const asUs = { application_name: 'toan-canh', options: CONNECTION_OPTIONS, keepAlive: true };
  const pool = new pg.Pool({
    ...settings,
    ...asUs,
    connectionString: databaseUrl,
    statement_timeout: deadlineMs,
    idle_in_transaction_session_timeout: deadlineMs,
    query_timeout: deadlineMs + SILENCE_MS,
  });
  watchPool(pool, log);
  const probe = new pg.Pool({ ...asUs, connectionString: databaseUrl, max: 1, connectionTimeoutMillis: SILENT_MS, query_timeout: SILENT_MS });
  watchPool(probe, log);
  let isReachable = true;
  let lastFault: EngineHealth['lastFault'];
  let closing: Promise<void> | undefined;

  const sessions = createSessions(pool, (failure) => {
    if (failure) lastFault = { at: clock.realNow(), message: failure.message };
    if (isReachable === !failure) return;
    isReachable = !failure;
    if (failure) log.error({ error: failure.message }, 'the database is away');
    else log.info({}, 'the database is back');
  });
  const listener = createListener(
    () => new pg.Client({ connectionString: directUrl, application_name: 'toan-canh wake-up', keepAlive: true, connectionTimeoutMillis: settings.connectionTimeoutMillis }),
    log,
  );

  const versions = await patiently(() => requireServer(sessions)).catch(async (error: unknown) => {
    await Promise.all([endPool(pool, log), probe.end()]);
    throw error;
  });

  const pulse = await createPulse({ listener, notify: (channel) => sessions.query(`select pg_notify('${channel}', '')`), log });

  const vitals = createVitals({ pool, ask: () => probe.query('select 1'), log });

  const close = async () => {
    await vitals.close();
    await pulse.close();
    await listener.close();
    await Promise.all([endPool(pool, log), endPool(probe, log)]);
  };

  return {
    kind: 'postgres',
    pool,
    ...sessions,
    async session(work) {
      const client = new pg.Client({ ...asUs, connectionString: directUrl, types: settings.types, connectionTimeoutMillis: settings.connectionTimeoutMillis });
      await client.connect();
      try {
        return await work(client);
      } finally {
        await client.end();
      }
    },
    listen: listener.listen,
    health: () => ({
      kind: 'postgres',
      state: closing ? 'closed' : isReachable ? 'ready' : 'recovering',
      versions,
      pool: { open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount },
      restarts: 0,
      lastFault,
      lastSnapshotAt: undefined,
      wakeLagMs: pulse.lagMs(),
    }),
    close: () => (closing ??= close()),
  };
}
