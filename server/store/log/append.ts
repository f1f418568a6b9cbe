import type { LoggedTopic } from '#contract/topics.ts';
import { noteUses } from '../attachments/uses.ts';
import type { Tx } from '../engine/engine.ts';
import { withoutWords } from './words.ts';

/** One change to be logged. `body` is the whole public state after it; free text is left out on the way in. */
export interface NewEntry {
  topic: LoggedTopic;
  id: string;
  rev: number;
  key: string;
  unit: string | null;
  ward: string | null;
  at: number;
  body: object;
  /** Set when a message of a source made the change: the pair that makes sending again harmless. */
  message?: { source: string; hash: string } | undefined;
  /** Set when the way of this change is recorded. */
  trace?: string | undefined;
}

const APPEND = `
  with head as (update event_head set seq = seq + $2 returning seq - $2 as before),
  one as (select before from head limit 1),
  r as (select * from json_to_recordset($1::json) as r(i bigint, topic text, id text, rev integer, key text, unit text, ward text, at bigint, body json, source text, hash text, trace text)),
  taken as (
    insert into message (source, key, topic, hash, seq, thing)
    select r.source, r.key, r.topic, decode(r.hash, 'hex'), one.before + r.i, r.id from r, one where r.source is not null
  )
  insert into event_log (seq, topic, thing, rev, key, unit, ward, at, body, trace)
  select one.before + r.i, r.topic, r.id, r.rev, r.key, r.unit, r.ward, r.at, r.body, r.trace from r, one order by r.i
  returning seq`;

/**
 * Writes entries and returns their sequence numbers, in order. Must be the last statement of its transaction:
 * it takes the lock that orders commits.
 */
export async function appendEntries(tx: Tx, entries: readonly NewEntry[]): Promise<number[]> {
  if (entries.length === 0) return [];
  const records = entries.map(({ topic, id, rev, key, unit, ward, at, body, message, trace }, index) => ({
    i: index + 1, topic, id, rev, key, unit, ward, at, body: withoutWords(topic, body), trace, ...message,
  }));
  await noteUses(tx, records.map(({ id, unit, ward, body }) => ({ thing: id, unit, ward, text: JSON.stringify(body) })));
  const rows = await tx.query<{ seq: number }>(APPEND, [JSON.stringify(records), entries.length]);
  return rows.map(({ seq }) => seq).sort((a, b) => a - b);
}

/** An entry for a thing that was just written. */
export function entryOf(topic: LoggedTopic, key: string, at: number, { rev, state }: { rev: number; state: { id: string; unit: string | null; ward: string | null } }): NewEntry {
  return { topic, id: state.id, rev, key, unit: state.unit, ward: state.ward, at, body: state };
}
