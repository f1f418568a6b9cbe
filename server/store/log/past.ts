import type { LogEntry } from '#contract/entry.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { PastWall, WallLogLine } from '#contract/past.ts';
import type { Bookmark, PastFrame } from '#contract/replay.ts';
import type { LoggedTopic } from '#contract/topics.ts';
import type { PastPort } from '../../domain/ports/past.ts';
import { sees, type Scope } from '../../domain/scope.ts';
import { maskPastWall } from '../../domain/wall/maskWall.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Engine, Queryable } from '../engine/engine.ts';
import { StoreUnavailable } from '../engine/errors.ts';
import type { Segment } from '../telemetry/streets.ts';
import { keyframeBefore, MATTERED } from './keyframes.ts';
import { readHead } from './log.ts';
import { feedsAt, feedsBetween } from './pastFeeds.ts';
import { createPastTelemetry } from './pastTelemetry.ts';
import { ENTRY_COLUMNS, toEntries } from './readEntries.ts';
import { visibleTo } from './scopeFilter.ts';

const STRETCH_ENTRIES = 3000;
const BOOKMARKS_MOST = 500;
const LINE = `w.wall, w.rev, w.at, w.apply_at as "applyAt", w.act, coalesce(w.state ->> 'changedBy', w.actor) as by, w.why, w.state ->> 'scene' as scene, w.hash, w.chain`;

/** Entries of all that mattered at a moment, in the order of the log: a keyframe and what followed it. */
async function entriesAt(db: Queryable, at: number, topics: readonly LoggedTopic[], scope: Scope): Promise<LogEntry[]> {
  const { seq, until } = await keyframeBefore(db, at);
  const seen = visibleTo(scope, 'e', 5);
  const rows = await db.query(
    `with base as (select unnest(seqs) as seq from log_keyframe where seq = $1),
     touched as (
       select e.seq, e.thing from event_log e where e.seq > $1 and e.seq <= $2 and e.at <= $3 and e.topic = any($4)
       union all select e.seq, e.thing from event_log e join base using (seq) where e.topic = any($4)
     ),
     latest as (select max(seq) as seq from touched group by thing)
     select ${ENTRY_COLUMNS} from event_log e join latest using (seq) where ${MATTERED} and ${seen.sql} order by e.seq`,
    [seq, until, at, topics, ...seen.params],
  );
  return toEntries(db, rows);
}

async function lastSeq(db: Queryable, at: number): Promise<number> {
  const { seq, until } = await keyframeBefore(db, at);
  const [row] = await db.query<{ seq: number }>('select coalesce(max(seq), $1) as seq from event_log where seq > $1 and seq <= $2 and at <= $3', [seq, until, at]);
  return row!.seq;
}

const wallsAt = (db: Queryable, at: number, wall: string | null) =>
  db.query<PastWall>(
    `select ${LINE}, w.state from wall_state s cross join lateral (select * from wall_log l where l.wall = s.wall and l.at <= $1 order by l.rev desc limit 1) w
     where $2::text is null or s.wall = $2 order by w.wall`,
    [at, wall],
  );

/** Kept frames hold the vehicles of all units at once: a party of some units gets the streets only. */
const framesFor = (scope: Scope, frames: PastFrame[]): PastFrame[] => (scope.units === null ? frames : frames.filter(({ layer }) => layer !== 'vehicle'));

/** Looks back: the picture of any moment within retention, and what followed. */
export function createPast({ engine, clock, segments }: { engine: Engine; clock: Pick<Clock, 'now'>; segments: readonly Segment[] }): PastPort {
  const telemetry = createPastTelemetry(segments);
  const guarded = async <T>(work: (db: Queryable) => Promise<T>): Promise<Outcome<T>> => {
    try {
      return okay(await engine.tx(work, { isolation: 'repeatable read', readOnly: true }));
    } catch (error) {
      if (error instanceof StoreUnavailable) return refused('STORE_UNAVAILABLE');
      throw error;
    }
  };
  const visibleSensors = async (db: Queryable, at: number, scope: Scope) => (await telemetry.sensors(db, at)).filter(({ unit }) => sees(scope, unit, null));

  return {
    moment: (wanted, { topics, wall, scope }) =>
      guarded(async (db) => {
        const now = Math.round(clock.now());
        const at = Math.min(wanted, now);
        const { epoch } = await readHead(db);
        const [first] = await db.query<{ at: number | null }>('select least((select at from event_log order by seq limit 1), (select min(at) from wall_log)) as at');
        const seq = await lastSeq(db, at);
        const entries = await entriesAt(db, at, topics, scope);
        return { at, from: first?.at ?? now, now, epoch, seq, entries, sensors: await visibleSensors(db, at, scope), feeds: await feedsAt(db, at), frames: framesFor(scope, await telemetry.at(db, at)), walls: (await wallsAt(db, at, wall)).map((shown) => maskPastWall(shown, scope)) };
      }),
    stretch: ({ after, from, until: wanted }, { topics, wall, scope }) =>
      guarded(async (db) => {
        const until = Math.max(from, Math.min(wanted, Math.round(clock.now())));
        const head = await readHead(db);
        const all = await db.query<{ seq: number; at: number }>('select seq, at from event_log where seq > $1 and at <= $2 order by seq limit $3', [after, until, STRETCH_ENTRIES]);
        const isCut = all.length === STRETCH_ENTRIES;
        const seq = all.at(-1)?.seq ?? Math.min(after, head.seq);
        const end = isCut ? Math.min(until, all.at(-1)!.at) : until;
        const seen = visibleTo(scope, 'e', 4);
        const rows = await db.query(`select ${ENTRY_COLUMNS} from event_log e where e.seq > $1 and e.seq <= $2 and e.topic = any($3) and ${seen.sql} order by e.seq`, [after, seq, topics, ...seen.params]);
        const walls = await db.query<PastWall>(`select ${LINE}, w.state from wall_log w where w.at > $1 and w.at <= $2 and ($3::text is null or w.wall = $3) order by w.at, w.rev`, [from, end, wall]);
        return { until: end, seq, entries: await toEntries(db, rows), sensors: await visibleSensors(db, end, scope), feeds: await feedsBetween(db, from, end), frames: framesFor(scope, await telemetry.between(db, from, end)), walls: walls.map((shown) => maskPastWall(shown, scope)) };
      }),
    sensors: (at, scope) => guarded((db) => visibleSensors(db, at, scope)),
    vehicles: (at) => guarded((db) => telemetry.vehicles(db, at)),
    traffic: (at) => guarded((db) => telemetry.traffic(db, at)),
    wallLog: ({ wall, from, until, limit }) =>
      guarded((db) =>
        db.query<WallLogLine>(
          `select ${LINE} from wall_log w where ($1::text is null or w.wall = $1) and w.at >= $2 and w.at <= $3 order by w.at desc, w.rev desc limit $4`,
          [wall, from ?? 0, until ?? Number.MAX_SAFE_INTEGER, limit],
        ),
      ),
    bookmarks: () =>
      guarded((db) =>
        db.query<Bookmark>(`select 'bm-' || id as id, at, name, wall, made_by_name as "madeBy", made_at as "madeAt" from replay_bookmark order by at desc limit ${BOOKMARKS_MOST}`),
      ),
  };
}
