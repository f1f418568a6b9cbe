import { okay, refused, type Outcome } from '#contract/faults.ts';
import { LOGGED_TOPICS } from '#contract/topics.ts';
import { mayReadTopic } from '../../domain/account/dataClass.ts';
import type { LogPage, LogPort } from '../../domain/ports/log.ts';
import type { Scope } from '../../domain/scope.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import type { Tracer } from '../../kernel/trace/tracer.ts';
import type { Engine, Queryable } from '../engine/engine.ts';
import { StoreUnavailable } from '../engine/errors.ts';
import { THING_TABLES } from '../topics/tables.ts';
import { ENTRY_COLUMNS, maskEntries, toEntries } from './readEntries.ts';
import { visibleTo } from './scopeFilter.ts';
import { createTail } from './tail.ts';

const MOST_ENTRIES = 1000;

interface Head {
  epoch: string;
  seq: number;
  firstKept: number;
}

/** The head of the log as the current snapshot shows it. */
export async function readHead(db: Queryable): Promise<Head> {
  const [head] = await db.query<Head>('select epoch::text, seq, first_kept_seq as "firstKept" from event_head');
  if (!head) throw new Error('the store has no event head');
  return head;
}

/** Begins a new epoch: after a restore every cursor of before is void. */
export async function renewEpoch(db: Queryable): Promise<string> {
  const [head] = await db.query<{ epoch: string }>('update event_head set epoch = gen_random_uuid() returning epoch::text');
  if (!head) throw new Error('the store has no event head');
  return head.epoch;
}

/** Opens the log on this node: reads it, and tails it from its present head. */
export async function createLog(engine: Engine, options: { log: Log; pollMs?: number; tracer?: Tracer }): Promise<LogPort & Closable & { close(): Promise<void> }> {
  const tail = await createTail(engine, { ...options, topics: LOGGED_TOPICS, read: toEntries });

  const answer = async (scope: Scope, work: () => Promise<Outcome<LogPage>>): Promise<Outcome<LogPage>> => {
    try {
      return await engine.narrow(scope.units, work);
    } catch (error) {
      if (error instanceof StoreUnavailable) return refused('STORE_UNAVAILABLE');
      throw error;
    }
  };
  const steady = <T>(work: (db: Queryable) => Promise<T>) => engine.tx(work, { isolation: 'repeatable read', readOnly: true });

  return {
    epoch: tail.epoch,
    head: tail.head,
    heads: tail.heads,
    follow: tail.follow,
    close: tail.close,
    read: ({ topics, after, limit, scope }) =>
      answer(scope, () =>
        steady(async (db) => {
          const readable = (topics ?? LOGGED_TOPICS).filter((topic) => mayReadTopic(scope.dataClass, topic));
          const head = await readHead(db);
          if (after && (after.epoch !== head.epoch || after.seq > head.seq)) return refused('LOG_EPOCH');
          if ((after?.seq ?? 0) + 1 < head.firstKept && after) return refused('LOG_TOO_OLD');
          const seen = visibleTo(scope, 'e', 4);
          const rows = await db.query(
            `select ${ENTRY_COLUMNS} from event_log e
             where e.seq > $1 and e.topic = any($2) and ${seen.sql} order by e.seq limit $3`,
            [after?.seq ?? 0, readable, Math.min(limit, MOST_ENTRIES), ...seen.params],
          );
          return okay({ epoch: head.epoch, head: head.seq, entries: maskEntries(scope, await toEntries(db, rows)) });
        }),
      ),
    snapshot: (topic, scope) =>
      answer(scope, () =>
        steady(async (db) => {
          const head = await readHead(db);
          if (!mayReadTopic(scope.dataClass, topic)) return refused('AUTH_FORBIDDEN');
          const { table, matters, topic: name } = THING_TABLES[topic];
          const seen = visibleTo(scope, 't', 2);
          const rows = await db.query(
            `select ${ENTRY_COLUMNS} from ${table} t
             cross join lateral (select * from event_log l where l.thing = $1 || t.n order by l.seq desc limit 1) e
             where ${matters} and ${seen.sql} order by e.seq`,
            [THING_TABLES[name].idOf(0).slice(0, -1), ...seen.params],
          );
          return okay({ epoch: head.epoch, head: head.seq, entries: maskEntries(scope, await toEntries(db, rows)) });
        }),
      ),
  };
}

