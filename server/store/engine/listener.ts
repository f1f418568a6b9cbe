import pg from 'pg';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';

const FIRST_RETRY_MS = 200;
const LAST_RETRY_MS = 5000;

export interface Listener extends Closable {
  listen(channel: string, onWake: () => void): Promise<Closable>;
  /** Wakes everybody, as after a reconnection. */
  wakeAll(): void;
  close(): Promise<void>;
}

/** Keeps one connection for LISTEN and opens it again when it is lost. */
export function createListener(openClient: () => pg.Client, log: Log): Listener {
  const wakes = new Map<string, Set<() => void>>();
  let client: pg.Client | undefined;
  let opening: Promise<void> | undefined;
  let retry: NodeJS.Timeout | undefined;
  let delayMs = FIRST_RETRY_MS;
  let isClosed = false;

  const wakeAll = () => {
    for (const channelWakes of wakes.values()) for (const wake of channelWakes) wake();
  };

  const lose = (fresh: pg.Client, error?: Error) => {
    if (client !== fresh) return;
    client = undefined;
    if (isClosed) return;
    log.warn({ error: error?.message, retryMs: delayMs }, 'wake-up connection lost');
    retry = setTimeout(() => void reopen(), delayMs);
    delayMs = Math.min(delayMs * 2, LAST_RETRY_MS);
  };

  const open = async () => {
    const fresh = openClient();
    client = fresh;
    fresh.on('error', (error) => lose(fresh, error));
    fresh.on('end', () => lose(fresh));
    fresh.on('notification', ({ channel }) => wakes.get(channel)?.forEach((wake) => wake()));
    try {
      await fresh.connect();
      for (const channel of wakes.keys()) await fresh.query(`listen ${pg.escapeIdentifier(channel)}`);
      delayMs = FIRST_RETRY_MS;
    } catch (error) {
      lose(fresh, error instanceof Error ? error : new Error(String(error)));
    }
  };

  const reopen = async () => {
    opening = open();
    await opening;
    if (client) wakeAll();
  };

  return {
    async listen(channel, onWake) {
      const known = wakes.get(channel);
      if (known) known.add(onWake);
      else wakes.set(channel, new Set([onWake]));
      if (!opening) opening = open();
      await opening;
      if (!known) await client?.query(`listen ${pg.escapeIdentifier(channel)}`).catch((error: Error) => log.warn({ error: error.message }, 'listen failed'));
      return { close: () => void wakes.get(channel)?.delete(onWake) };
    },
    wakeAll,
    async close() {
      isClosed = true;
      clearTimeout(retry);
      await opening;
      await client?.end();
    },
  };
}
