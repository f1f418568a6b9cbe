import pg from 'pg';
import type { Closable } from '../../../kernel/lifecycle.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Queryable } from '../engine.ts';

const EVERY_MS = 10 * 60_000;

const OWN_TABLES = `
  select n.nspname as schema, c.relname as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`;

/** Does what a server's background processes do: the embedded engine has neither autovacuum nor a checkpointer. */
export async function maintain(store: Queryable): Promise<void> {
  for (const { schema, name } of await store.query<{ schema: string; name: string }>(OWN_TABLES)) {
    await store.query(`vacuum (analyze) ${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`);
  }
  await store.query('checkpoint');
}

/** Runs `work` every `everyMs`, one at a time; a failure is logged and the next turn tries again. */
export function createTurns(name: string, work: () => Promise<unknown>, log: Log, everyMs = EVERY_MS): Closable {
  let running = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(work).then(
      () => {},
      (error: unknown) => log.warn({ name, error: String(error) }, 'upkeep of the embedded store failed'),
    );
  }, everyMs);
  timer.unref();
  return {
    close: () => {
      clearInterval(timer);
      return running;
    },
  };
}
