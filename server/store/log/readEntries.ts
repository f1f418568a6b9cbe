import type { LogEntry } from '#contract/entry.ts';
import type { LoggedTopic } from '#contract/topics.ts';
import { maskState } from '../../domain/account/dataClass.ts';
import type { Scope } from '../../domain/scope.ts';
import type { Queryable, Row } from '../engine/engine.ts';
import { THING_TABLES } from '../topics/tables.ts';
import { withWords, WORDS } from './words.ts';

/** Columns of an entry, over the alias `e`. */
export const ENTRY_COLUMNS = 'e.seq, e.topic, e.key, e.thing as id, e.rev, e.at, e.body, e.trace';

/** Entries as they are delivered: bodies made whole with the words of their things. */
export async function toEntries(db: Queryable, rows: readonly Row[]): Promise<LogEntry[]> {
  const entries = rows as unknown as LogEntry<Row>[];
  const states = await readStates(db, entries);
  return entries.map(({ trace, ...entry }) => ({ ...entry, ...(trace ? { trace } : {}), body: withWords(entry.topic as LoggedTopic, entry.body, states.get(entry.id)) }));
}

async function readStates(db: Queryable, entries: readonly LogEntry[]): Promise<Map<string, object>> {
  const idsByTopic = Map.groupBy(entries, ({ topic }) => topic as LoggedTopic);
  const states = new Map<string, object>();
  for (const [topic, group] of idsByTopic) {
    if (WORDS[topic].length === 0) continue;
    for (const { state } of await THING_TABLES[topic].read(db, [...new Set(group.map(({ id }) => id))])) states.set(state.id, state);
  }
  return states;
}

/** Entries as a scope may read them. */
export const maskEntries = (scope: Scope, entries: LogEntry[]): LogEntry[] =>
  scope.dataClass === 'personal' ? entries : entries.map((entry) => ({ ...entry, body: maskState(scope.dataClass, entry.topic as LoggedTopic, entry.body) }));
