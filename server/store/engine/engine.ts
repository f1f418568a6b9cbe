import type pg from 'pg';
import type { Clock } from '../../kernel/clock.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import { createEmbeddedEngine } from './embedded/embedded.ts';
import { createPostgresEngine } from './postgres/postgres.ts';

export type Row = Record<string, unknown>;

/** Whatever SQL can be sent to: the engine itself, or one transaction of it. */
export interface Queryable {
  /** Fails: StoreUnavailable, StoreConflict, ConstraintViolation; anything else is a broken assumption. */
  query<R = Row>(text: string, params?: readonly unknown[]): Promise<R[]>;
}

/** One open transaction. Only SET LOCAL, no temporary tables: the embedded engine has one session for all. */
export interface Tx extends Queryable {
  readonly client: pg.PoolClient;
}

export interface TxOptions {
  isolation?: 'repeatable read';
  readOnly?: boolean;
}

export interface EngineHealth {
  kind: Engine['kind'];
  state: 'ready' | 'recovering' | 'closed';
  /** Versions of PostgreSQL and PostGIS, for the system page. */
  versions: { server: string; postgis: string };
  pool: { open: number; idle: number; waiting: number };
  /** How often the embedded engine was started anew, and the last reason. */
  restarts: number;
  lastFault: { at: number; message: string } | undefined;
  lastSnapshotAt: number | undefined;
  /** How long a wake-up takes to arrive; null while none does, undefined where there is nothing to cross. Units: ms. */
  wakeLagMs?: number | null;
}

/** A PostgreSQL with PostGIS, whether a server or embedded in this process. Both behave alike under one conformance suite. */
export interface Engine extends Queryable, Closable {
  readonly kind: 'embedded' | 'postgres';
  /** For query builders. Inside `tx` use the handle instead: on the embedded engine anything else waits for the commit. */
  readonly pool: pg.Pool;
  /** Commits when `work` resolves, rolls back when it throws. Never retries. */
  tx<T>(work: (tx: Tx) => Promise<T>, options?: TxOptions): Promise<T>;
  /** Runs reads as a party of these units: rows of others do not exist for them (null = no such limit). Writing is refused by the store. */
  narrow<T>(units: ReadonlySet<string> | null, work: () => Promise<T>): Promise<T>;
  /** Asks the store once whether it can hold reads to units, and returns it. To be called after the schema is up to date. */
  guardRows(): Promise<boolean>;
  /** Lends a connection that stays one session from begin to end, past any pooler: for locks that outlive a transaction. */
  session<T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T>;
  /** Calls `onWake` after each NOTIFY, and once after every reconnection since wake-ups may have been lost. */
  listen(channel: string, onWake: () => void): Promise<Closable>;
  health(): EngineHealth;
  /** Embedded only: writes a durable copy of the store and returns its folder. */
  snapshot?(): Promise<string>;
  close(): Promise<void>;
}

/** The part of a store that reading needs. */
export type ReadStore = Pick<Engine, 'query' | 'tx' | 'narrow'>;

export interface EngineOptions {
  /** Set: a PostgreSQL server. Absent: the embedded engine in `dataFolder`. */
  databaseUrl?: string | undefined;
  /** A direct connection for LISTEN and migrations, when `databaseUrl` goes through a transaction pooler. */
  listenUrl?: string | undefined;
  dataFolder: string;
  /** Where an initialised empty store is kept, so that later first starts are a copy. */
  templateFolder?: string | undefined;
  log: Log;
  clock: Clock;
  /** Longest time of one statement, and of a transaction that does nothing. */
  deadlineMs?: number | undefined;
  poolSize?: number | undefined;
  /** Called once the data folder is this process's alone, before anything is opened: whoever starts a second time is refused before heavy work. */
  onHeld?: (() => void) | undefined;
}

export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { databaseUrl, dataFolder, templateFolder, listenUrl, ...rest } = options;
  if (databaseUrl) {
    options.onHeld?.();
    return createPostgresEngine({ databaseUrl, listenUrl, ...rest });
  }
  return createEmbeddedEngine({ dataFolder, templateFolder, ...rest });
}
