import { TOPICS } from '#contract/topics.ts';
import type { Engine } from '../engine/engine.ts';
import { RECORD_TOPICS } from '../topics/record.ts';

const PREFIXES = Object.fromEntries(RECORD_TOPICS.map((topic) => [topic, TOPICS[topic].prefix]));
const MADE = `
  select 'al-' || n as thing from alert where rehearsal = $1
  union all select 'fb-' || n from feedback where rehearsal = $1
  union all select 'hr-' || n from handling_request where rehearsal = $1
  union all select ($2::jsonb ->> topic) || '-' || n from record where rehearsal = $1`;
const TABLES = ['handling_request', 'feedback', 'alert', 'record'] as const;

/** Rows taken out by table, and rows that still carry the mark. */
export interface Removed {
  rows: Record<string, number>;
  left: number;
}

/**
 * Takes everything a rehearsal made out of the store in one transaction: things, what operators did to them, their messages
 * and their entries in the log. Numbers of the log are never given again; a new epoch makes every screen start afresh.
 */
export async function removeRehearsal(engine: Engine, run: string): Promise<Removed> {
  return engine.tx(async (tx) => {
    const rows: Record<string, number> = {};
    const count = async (table: string, where: string, params: readonly unknown[]) => {
      const [gone] = await tx.query<{ n: number }>(`with gone as (delete from ${table} where ${where} returning 1) select count(*)::int as n from gone`, params);
      rows[table] = gone?.n ?? 0;
    };
    const things = (await tx.query<{ thing: string }>(MADE, [run, JSON.stringify(PREFIXES)])).map(({ thing }) => thing);
    await count('message', 'thing = any($1)', [things]);
    await count('work_act', 'thing = any($1)', [things]);
    await count('wall_decision', 'request_id = any($1)', [things]);
    await count('procedure_run', 'alert = any($1)', [things]);
    await count('event_log', 'rehearsal = $1 or thing = any($2)', [run, things]);
    for (const table of TABLES) await count(table, 'rehearsal = $1', [run]);
    if (things.length > 0) await tx.query('update event_head set epoch = gen_random_uuid()');
    const [left] = await tx.query<{ n: number }>(
      `select ((select count(*) from alert where rehearsal = $1) + (select count(*) from feedback where rehearsal = $1) + (select count(*) from handling_request where rehearsal = $1)
        + (select count(*) from record where rehearsal = $1) + (select count(*) from event_log where rehearsal = $1))::int as n`,
      [run],
    );
    return { rows: Object.fromEntries(Object.entries(rows).filter(([, n]) => n > 0)), left: left?.n ?? 0 };
  });
}
