import type { TimelineEntry } from '#contract/alertBook.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import { sees, type Scope } from '../../domain/scope.ts';
import type { Queryable } from '../engine/engine.ts';
import { THING_TABLES } from '../topics/tables.ts';

const TOPICS = { alert: THING_TABLES.alert, feedback: THING_TABLES.feedback, 'handling-request': THING_TABLES['handling-request'] };
const MOST = 1000;

/** Topics whose things have a timeline. */
export type TimelineTopic = keyof typeof TOPICS;

/**
 * The life of a thing from its log and the acts on it, oldest first. A change without an act came from its source.
 * Fails: NOT_FOUND, also for what the scope does not see.
 */
export async function readTimeline(db: Queryable, scope: Scope, topic: TimelineTopic, id: string): Promise<Outcome<TimelineEntry[]>> {
  const [stored] = await TOPICS[topic].read(db, [id]);
  if (!stored || !sees(scope, stored.state.unit, stored.state.ward)) return refused('NOT_FOUND');
  return okay(
    await db.query<TimelineEntry>(
      `select e.at, e.rev, coalesce(a.act, 'source.sent') as act, a.actor_name as actor, a.words, coalesce(e.body ->> 'state', e.body ->> 'step') as state
       from event_log e left join work_act a on a.thing = e.thing and a.rev = e.rev
       where e.thing = $1 order by e.seq limit ${MOST}`,
      [id],
    ),
  );
}
