import { AsyncLocalStorage } from 'node:async_hooks';
import type pg from 'pg';
import type { Log } from '../../kernel/log.ts';
import type { Queryable, Tx, TxOptions } from './engine.ts';
import { isConnectionLost, StoreUnavailable, toStoreError } from './errors.ts';
import { columnTypes } from './columnTypes.ts';

/** Longest wait for a free or new connection: the HTTP edge promises its 503 within three seconds. */
const CONNECT_LIMIT_MS = 2500;

/** Longest wait for work under way when the engine closes. */
const END_LIMIT_MS = 3000;

/** What every connection asks for. Statements are short: compiling one took 0.7 s where the planner guessed high, running it less than a millisecond. */
export const CONNECTION_OPTIONS = '-c timezone=UTC -c jit=off';

/** The pool settings that make both engines alike. */
export function poolSettings(size: number): pg.PoolConfig {
  return { max: size, connectionTimeoutMillis: CONNECT_LIMIT_MS, types: columnTypes };
}

/** A client that loses its connection while lent out emits an error nobody may be listening to; without this the process would end. */
export function watchPool(pool: pg.Pool, log: Log): void {
  pool.on('connect', (client) => client.on('error', (error) => log.debug({ error: error.message }, 'store connection lost')));
  pool.on('error', (error) => log.debug({ error: error.message }, 'idle store connection lost'));
}

/** Ends the pool; a client that was never given back does not hold up the end of the process. */
export async function endPool(pool: pg.Pool, log: Log): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), END_LIMIT_MS)));
  if ((await Promise.race([pool.end(), late])) === 'late') log.warn({ open: pool.totalCount }, 'store connections were still in use at the end');
  clearTimeout(timer);
}

export interface Sessions extends Queryable {
  tx<T>(work: (tx: Tx) => Promise<T>, options?: TxOptions): Promise<T>;
  narrow<T>(units: ReadonlySet<string> | null, work: () => Promise<T>): Promise<T>;
  guardRows(): Promise<boolean>;
}

const UNIT = /^[A-Za-z0-9.-]{1,32}$/;

/** What a transaction begins with to be held to units; codes are letters of a fixed alphabet, anything else is left out. */
const narrowText = (units: ReadonlySet<string>): string => `set local role ioc_narrow; set local ioc.units = '${[...units].filter((code) => UNIT.test(code)).join(',')}'`;

/** `query` and `tx` over a pool, the same for both engines. `onOutcome` hears of every call, for the health page. */
export function createSessions(pool: pg.Pool, onOutcome: (failure?: StoreUnavailable) => void = () => {}): Sessions {
  const current = new AsyncLocalStorage<{ isOpen: boolean }>();
  const narrowed = new AsyncLocalStorage<ReadonlySet<string>>();
  let isGuarded = false;

  const lend = async <T>(work: (client: pg.PoolClient, discard: () => void) => Promise<T>): Promise<T> => {
    if (current.getStore()?.isOpen) throw new Error('the engine was used inside a transaction: use the handle that was passed');
    let client: pg.PoolClient | undefined;
    let isSpent = false;
    try {
      client = await pool.connect();
      const value = await work(client, () => (isSpent = true));
      client.release();
      onOutcome();
      return value;
    } catch (error) {
      client?.release(isSpent || isConnectionLost(error));
      const failure = toStoreError(error);
      if (failure instanceof StoreUnavailable) onOutcome(failure);
      throw failure;
    }
  };

  const limits = (): ReadonlySet<string> | undefined => (isGuarded ? narrowed.getStore() : undefined);

  const sessions: Sessions = {
    query(text, params) {
      if (limits()) return sessions.tx((tx) => tx.query(text, params), { readOnly: true });
      return lend((client) => rowsOf(client, text, params));
    },
    narrow: (units, work) => (units === null ? work() : narrowed.run(units, work)),
    async guardRows() {
      const found = await sessions.query(`select 1 from pg_roles r where r.rolname = 'ioc_narrow' and pg_has_role(current_user, r.oid, 'member') and to_regproc('is_within_units') is not null`);
      isGuarded = found.length > 0;
      return isGuarded;
    },
    tx: (work, options = {}) =>
      lend(async (client, discard) => {
        const units = limits();
        await client.query(units ? `${beginText(options)}; ${narrowText(units)}` : beginText(options));
        const scope = { isOpen: true };
        try {
          const value = await current.run(scope, () => work({ client, query: (text, params) => rowsOf(client, text, params) }));
          scope.isOpen = false;
          await commit(client);
          return value;
        } catch (error) {
          scope.isOpen = false;
          await client.query('rollback').catch(discard);
          throw error;
        }
      }),
  };
  return sessions;
}

async function rowsOf<R>(client: pg.PoolClient, text: string, params: readonly unknown[] = []): Promise<R[]> {
  const result = await client.query(text, [...params]);
  return result.rows as R[];
}

async function commit(client: pg.PoolClient): Promise<void> {
  let command: string;
  try {
    ({ command } = await client.query('commit'));
  } catch (error) {
    if (isConnectionLost(error)) throw new StoreUnavailable('the connection was lost during commit', { cause: error, outcome: 'unknown' });
    throw error;
  }
  if (command !== 'COMMIT') throw new Error('the transaction had failed before its commit and was rolled back');
}

function beginText({ isolation, readOnly }: TxOptions): string {
  return ['begin', isolation && `isolation level ${isolation}`, readOnly && 'read only'].filter(Boolean).join(' ');
}
