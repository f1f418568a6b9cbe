import type { LoggedTopic } from '#contract/topics.ts';
import type { LogPort } from '../../domain/ports/log.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import type { Engine, Queryable } from '../engine/engine.ts';

/** A whole picture is written down each time the log has grown by this much, or by half of a larger picture, so that its cost per entry stays the same. Units: entries. */
export const KEYFRAME_EVERY = 1000;

const OVER: Readonly<Partial<Record<LoggedTopic, string>>> = {
  alert: `e.body ->> 'state' = 'closed'`,
  feedback: `e.body ->> 'state' in ('closed', 'rejected')`,
  'handling-request': `e.body ->> 'step' in ('verified', 'returned')`,
  case: `e.body ->> 'state' = 'closed' and coalesce(e.body #>> '{reading,level}', '') <> 'red'`,
};

/** Condition on the entry `e`: its thing belonged in the picture of that time, as it would in today's snapshot. */
export const MATTERED = `not (${Object.entries(OVER).map(([topic, over]) => `(e.topic = '${topic}' and ${over})`).join(' or ')})`;

/** The keyframe a picture can be built from. `until`: no entry of the picture has a higher number. */
export interface KeyframeStart {
  seq: number;
  until: number;
}

/** The newest keyframe not after a moment. Entries of one moment may stand a little out of order, so a keyframe more is read. Units: domain time, epoch ms. */
export async function keyframeBefore(db: Queryable, at: number): Promise<KeyframeStart> {
  const [start] = await db.query<KeyframeStart>(
    `select coalesce((select seq from log_keyframe where at <= $1 order by seq desc limit 1), 0) as seq,
       coalesce((select seq from log_keyframe where at > $1 order by seq offset 1 limit 1), (select seq from event_head)) as until`,
    [at],
  );
  return start!;
}

/** Numbers of the latest entries of everything that mattered after a keyframe and the entries that followed it. Parameters: $1 keyframe, $2 last entry. */
const LATEST = `
  with base as (select unnest(seqs) as seq from log_keyframe where seq = $1),
  touched as (
    select e.seq, e.thing from event_log e where e.seq > $1 and e.seq <= $2
    union all select e.seq, e.thing from event_log e join base using (seq)
  ),
  latest as (select max(seq) as seq from touched group by thing)`;

const WRITE = `
  ${LATEST}
  insert into log_keyframe (seq, at, seqs)
  select $2,
    (select greatest(coalesce((select at from log_keyframe where seq = $1), 0), (select max(l.at) from event_log l where l.seq > $1 and l.seq <= $2))),
    coalesce((select array_agg(e.seq order by e.seq) from event_log e join latest using (seq) where ${MATTERED}), '{}')
  on conflict (seq) do nothing`;

const DUE = `
  select coalesce(k.seq, 0) as last, coalesce(cardinality(k.seqs), 0) as size, h.seq as head
  from event_head h left join (select seq, seqs from log_keyframe order by seq desc limit 1) k on true`;

/** Writes the keyframes that are due; returns how many. */
export async function writeKeyframes(engine: Engine): Promise<number> {
  for (let written = 0; ; written++) {
    const [due] = await engine.query<{ last: number; size: number; head: number }>(DUE);
    const step = due && Math.max(KEYFRAME_EVERY, Math.floor(due.size / 2));
    if (!step || due.head - due.last < step) return written;
    await engine.query(WRITE, [due.last, due.last + step]);
  }
}

export interface Keyframes extends Closable {
  /** Resolves when nothing is being written. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Keeps keyframes while the log grows. Losing one costs time when somebody looks back, never truth. */
export function createKeyframes(engine: Engine, log: Pick<LogPort, 'follow' | 'head'>, logger: Log): Keyframes {
  let writing: Promise<unknown> | undefined;
  let askedAt = -KEYFRAME_EVERY;
  const write = () => {
    if (writing || log.head() - askedAt < KEYFRAME_EVERY) return;
    askedAt = log.head();
    writing = writeKeyframes(engine)
      .catch((error: unknown) => logger.warn({ error: String(error) }, 'the picture of the log was not written down'))
      .finally(() => (writing = undefined));
  };
  const stop = log.follow(write);
  write();
  return {
    settled: async () => void (await writing),
    async close() {
      stop();
      await writing;
    },
  };
}
