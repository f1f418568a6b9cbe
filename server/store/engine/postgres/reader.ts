import pg from 'pg';
import type { Closable } from '../../../kernel/lifecycle.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Engine, ReadStore } from '../engine.ts';
import { StoreConflict, StoreUnavailable } from '../errors.ts';
import { CONNECTION_OPTIONS, createSessions, endPool, poolSettings, watchPool } from '../session.ts';

/** A copy that is farther behind is not read from. */
export const FRESH_MS = 10_000;
const LOOK_MS = 1000;
/** After so many numbers that it does not have, how old the copy is counts no more. */
const MOST_LOOKS = 1000;
const POOL_SIZE = 4;
const DEADLINE_MS = 60_000;

/** How the copy is. `behindMs` is null while nobody knows. Units: ms. */
export interface CopyHealth {
  state: 'fresh' | 'late' | 'away';
  behindMs: number | null;
}

/** Reads for reports and exports. */
export interface Reader extends ReadStore, Closable {
  /** Undefined where there is no copy and the store itself is read. */
  health(): CopyHealth | undefined;
  close(): Promise<void>;
}

export interface ReaderOptions {
  engine: Engine;
  replicaUrl: string;
  log: Log;
  elapsed?: () => number;
}

interface Head {
  epoch: string;
  seq: number;
}

interface Look {
  seq: number;
  at: number;
}

const HEAD = 'select epoch::text as epoch, seq from event_head';

/** Reads the store itself. */
const withoutCopy = ({ query, tx, narrow }: Engine): Reader => ({ query, tx, narrow, health: () => undefined, close: () => Promise.resolve() });

/** Reads from a copy of the store while it is fresh, else from the store itself: reports never wait for a copy and never tell of an old one. */
export function createReader({ engine, replicaUrl, log, elapsed = () => performance.now() }: ReaderOptions): Reader {
  if (replicaUrl === '') return withoutCopy(engine);
  const pool = new pg.Pool({ ...poolSettings(POOL_SIZE), connectionString: replicaUrl, application_name: 'toan-canh reports', options: CONNECTION_OPTIONS, keepAlive: true, statement_timeout: DEADLINE_MS });
  watchPool(pool, log);
  const copy = createSessions(pool);
  let health: CopyHealth = { state: 'away', behindMs: null };
  /** What the store had when it was looked at, and the copy had not yet. */
  let ahead: Look[] = [];
  /** The copy has had what the store had at the first of these looks: from then on its age is known. */
  let hasMet = false;
  let isGuarded = false;
  let looking: Promise<void> | undefined;

  const become = (next: CopyHealth) => {
    if (next.state !== health.state) log.warn({ ...next }, next.state === 'fresh' ? 'reports read from the copy' : 'reports read from the store itself: its copy is away or behind');
    health = next;
  };
  const lose = () => {
    ahead = [];
    hasMet = false;
    become({ state: 'away', behindMs: null });
  };
  /** The copy is as old as the first number of the store that it does not have yet. */
  const look = async () => {
    try {
      const [store] = await engine.query<Head>(HEAD);
      const now = elapsed();
      if (ahead.length >= MOST_LOOKS) lose();
      if (ahead.at(-1)?.seq !== store!.seq) ahead.push({ seq: store!.seq, at: now });
      const [told] = await copy.query<Head>(HEAD);
      isGuarded ||= await copy.guardRows();
      const later = ahead.filter(({ seq }) => seq > told!.seq);
      hasMet = told!.epoch === store!.epoch && (hasMet || later.length < ahead.length);
      ahead = later;
      const behindMs = hasMet ? Math.round(now - (ahead[0]?.at ?? now)) : null;
      become({ state: behindMs !== null && behindMs <= FRESH_MS ? 'fresh' : 'late', behindMs });
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) log.warn({ error: String(error) }, 'the copy of the store could not be asked');
      lose();
    }
  };
  const timer = setInterval(() => void (looking ??= look().finally(() => (looking = undefined))), LOOK_MS);
  timer.unref();

  /** A read that the copy broke off is read again from the store. */
  const readWith = async <T>(read: (from: ReadStore) => Promise<T>): Promise<T> => {
    if (health.state !== 'fresh') return read(engine);
    try {
      return await read(copy);
    } catch (error) {
      if (!(error instanceof StoreUnavailable || error instanceof StoreConflict)) throw error;
      lose();
      return read(engine);
    }
  };

  return {
    query: (text, params) => readWith((from) => from.query(text, params)),
    tx: (work, options) => readWith((from) => from.tx(work, { ...options, readOnly: true })),
    narrow: (units, work) => engine.narrow(units, () => copy.narrow(units, work)),
    health: () => health,
    async close() {
      clearInterval(timer);
      await looking;
      await endPool(pool, log);
    },
  };
}
