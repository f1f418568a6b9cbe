import type { LogEntry } from '#contract/entry.ts';
import type { LoggedTopic } from '#contract/topics.ts';
import type { Log } from '../../kernel/log.ts';
import type { Tracer } from '../../kernel/trace/tracer.ts';
import type { Engine, Queryable, Row } from '../engine/engine.ts';
import { StoreUnavailable } from '../engine/errors.ts';
import { ENTRY_COLUMNS } from './readEntries.ts';

const BATCH = 1000;
const POLL_MS = 1000;

/** What this node knows of the log. */
export interface Tail {
  epoch(): string;
  head(): number;
  heads(): Record<string, number>;
  follow(listener: (entries: LogEntry[]) => void): () => void;
  close(): Promise<void>;
}

export interface TailOptions {
  log: Log;
  tracer?: Tracer | undefined;
  topics: readonly string[];
  read(db: Queryable, rows: readonly Row[]): Promise<LogEntry[]>;
  /** How often to look without being woken. Units: ms. */
  pollMs?: number | undefined;
}

/** One look: where the head is, and what came after the cursor, from one statement. The limits tell the planner what it can not know of a row that is always changed. */
const LOOK = `
  select h.epoch::text as epoch, h.seq as head, l.* from (select * from event_head limit 1) h
  left join lateral (select ${ENTRY_COLUMNS} from event_log e where e.seq > $1 order by e.seq limit ${BATCH}) l on true order by l.seq`;

/**
 * Reads every committed entry once and in order. A wake-up only hastens the next look: losing one costs a poll.
 * Numbers are in commit order, so nothing can appear behind the cursor.
 */
export async function createTail(engine: Engine, { log, tracer, topics, read, pollMs = POLL_MS }: TailOptions): Promise<Tail> {
  const listeners = new Set<(entries: LogEntry[]) => void>();
  const heads: Record<string, number> = {};
  let epoch = '';
  let head = 0;
  let running: Promise<void> | undefined;
  let isWoken = false;
  let isClosed = false;
  let isAway = false;

  const start = async () => {
    const rows = await engine.query<{ epoch: string; head: number; topic: LoggedTopic; seq: number | null }>(
      `select h.epoch::text as epoch, h.seq as head, n.topic, (select max(e.seq) from event_log e where e.topic = n.topic) as seq
       from (select * from event_head limit 1) h cross join unnest($1::text[]) as n(topic)`,
      [topics],
    );
    ({ epoch, head } = rows[0]!);
    for (const { topic, seq } of rows) heads[topic] = seq ?? 0;
  };

  const deliver = (entries: LogEntry[]) => {
    for (const { topic, seq } of entries) {
      head = seq;
      heads[topic] = seq;
    }
    for (const listener of listeners) {
      try {
        listener(entries);
      } catch (error) {
        log.error({ error: String(error) }, 'a follower of the log failed');
      }
    }
  };

  /** Returns whether there may be more at once. */
  const look = async (): Promise<boolean> => {
    const startAt = tracer?.now() ?? 0;
    const rows = await engine.query<Row & { epoch: string; head: number; seq: number | null }>(LOOK, [head]);
    const first = rows[0]!;
    if (first.epoch !== epoch || first.head < head) {
      log.warn({ epoch: first.epoch }, 'the log has a new epoch');
      await start();
      deliver([]);
      return false;
    }
    const entries = rows.filter((row) => row.seq !== null).map(({ epoch: _epoch, head: _head, ...entry }) => entry);
    if (entries.length === 0) return false;
    const whole = await read(engine, entries);
    for (const { trace } of whole) tracer?.note('log.read', trace, { startAt, endAt: tracer.now() });
    deliver(whole);
    return entries.length === BATCH;
  };

  const run = async () => {
    do {
      isWoken = false;
      try {
        while (!isClosed && (await look()));
        isAway = false;
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) log.error({ error: String(error) }, 'reading the log failed');
        else if (!isAway) log.warn({ error: error.message }, 'the log can not be read now');
        isAway = true;
        return;
      }
    } while (isWoken && !isClosed);
  };

  const wake = () => {
    if (isClosed) return;
    isWoken = true;
    running ??= run().finally(() => {
      running = undefined;
    });
  };

  await start();
  const listening = await engine.listen('event_log', wake);
  const timer = setInterval(wake, pollMs);
  wake();

  return {
    epoch: () => epoch,
    head: () => head,
    heads: () => ({ ...heads }),
    follow(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      isClosed = true;
      clearInterval(timer);
      await listening.close();
      await running;
    },
  };
}
