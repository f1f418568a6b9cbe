import type pg from 'pg';
import type { Closable } from '../../../kernel/lifecycle.ts';
import type { Log } from '../../../kernel/log.ts';

const LOOK_MS = 500;
/** A server that says nothing for so long is frozen: the HTTP edge promises its 503 within three seconds. */
export const SILENT_MS = 2000;

/** The part of a pool that is watched. */
type Lending = Pick<pg.Pool, 'on'>;
type Client = pg.PoolClient & { connection: { stream: { destroy(): void } } };

export interface VitalsOptions {
  pool: Lending;
  /** Asks the server the least there is. Fails: rejects when no answer came within `SILENT_MS`. */
  ask(): Promise<unknown>;
  log: Log;
  elapsed?: () => number;
}

const isSilence = (error: unknown): boolean => error instanceof Error && /timeout/i.test(error.message);

/** Breaks off what waits for a server that stands still, so that nobody waits for the deadline of a statement. Long work on a server that answers goes on. */
export function createVitals({ pool, ask, log, elapsed = () => performance.now() }: VitalsOptions): Closable & { close(): Promise<void> } {
  const lent = new Set<Client>();
  let isSilent = false;
  let isClosed = false;
  let looking: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const breakOff = (client: Client) => client.connection.stream.destroy();
  pool.on('acquire', (client) => {
    lent.add(client as Client);
    if (isSilent) breakOff(client as Client);
  });
  pool.on('release', (_error, client) => void lent.delete(client as Client));

  const look = async () => {
    const askedAt = elapsed();
    try {
      await ask();
      if (isSilent) log.info({}, 'the database answers again');
      isSilent = false;
    } catch (error) {
      // This process itself stood still: what the server said may lie unread.
      const wasAway = elapsed() - askedAt > SILENT_MS + LOOK_MS;
      if (!isSilence(error) || wasAway) return;
      if (!isSilent) log.error({ silentMs: Math.round(elapsed() - askedAt) }, 'the database stands still; what waits for it is broken off');
      isSilent = true;
      lent.forEach(breakOff);
    }
  };
  const turn = () => {
    looking = look().finally(() => {
      if (!isClosed) timer = setTimeout(turn, LOOK_MS).unref();
    });
  };
  turn();

  return {
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
