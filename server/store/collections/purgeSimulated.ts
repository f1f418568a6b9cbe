import { TOPICS } from '#contract/topics.ts';
import type { Engine } from '../engine/engine.ts';
import { RECORD_TOPICS } from '../topics/record.ts';

/** Rows taken out, by table. */
export type PurgeReceipt = Readonly<Record<string, number>>;

/** Tables with a provenance of their own, children before parents. */
const TABLES = ['sensor', 'sensor_history', 'traffic_history', 'telemetry_keyframe', 'escalation', 'handling_request', 'feedback', 'alert', 'camera', 'red_case', 'red_status', 'red_episode', 'indicator_value', 'record', 'source'] as const;

const PREFIXES = Object.fromEntries(RECORD_TOPICS.map((topic) => [topic, TOPICS[topic].prefix]));
const SIMULATED_THINGS = `
  select 'al-' || n as thing from alert where provenance = 'simulated'
  union all select 'fb-' || n from feedback where provenance = 'simulated'
  union all select 'hr-' || n from handling_request where provenance = 'simulated'
  union all select 'rc-' || n from red_case where provenance = 'simulated'
  union all select 'rs-' || n from red_status where provenance = 'simulated'
  union all select 'cam-' || n from camera where provenance = 'simulated'
  union all select ($1::jsonb ->> topic) || '-' || n from record where provenance = 'simulated'`;

/**
 * Removes all of provenance `simulated`: things, their messages, their entries in the log, history, and sources.
 * Numbers of the log are never given again; the log gets a new epoch, so that every screen starts from a fresh snapshot.
 */
export async function purgeSimulated(engine: Engine): Promise<PurgeReceipt> {
  return engine.tx(async (tx) => {
    const receipt: Record<string, number> = {};
    const count = async (table: string, sql: string, params: readonly unknown[] = []) => {
      const [row] = await tx.query<{ n: number }>(`with gone as (${sql} returning 1) select count(*) as n from gone`, params);
      receipt[table] = row!.n;
    };
    const things = (await tx.query<{ thing: string }>(SIMULATED_THINGS, [JSON.stringify(PREFIXES)])).map(({ thing }) => thing);
    await count('message', 'delete from message where thing = any($1)', [things]);
    await count('event_log', 'delete from event_log where thing = any($1)', [things]);
    for (const table of TABLES) await count(table, `delete from ${table} where provenance = 'simulated'`);
    if (things.length > 0) await tx.query('update event_head set epoch = gen_random_uuid()');
    return receipt;
  });
}
