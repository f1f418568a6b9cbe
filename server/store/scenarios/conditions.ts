import type { Condition } from '#contract/scenario.ts';
import type { Queryable } from '../engine/engine.ts';

const SQL: Record<Condition['topic'], string> = {
  alert: 'select 1 from alert where rehearsal = $1 and ref = $2 and state = any($3) and ($4::text[] is null or unit = any($4))',
  feedback: 'select 1 from feedback where rehearsal = $1 and ref = $2 and state = any($3) and ($4::text[] is null or unit = any($4))',
  'handling-request': `select 1 from handling_request h where h.rehearsal = $1 and h.step = any($3) and ($4::text[] is null or h.unit = any($4)) and (h.ref = $2 or h.about_id in
    (select 'al-' || n from alert where rehearsal = $1 and ref = $2 union all select 'fb-' || n from feedback where rehearsal = $1 and ref = $2))`,
};

/** The name a thing of a run has at the door. */
export const doorRef = (run: string, ref: string): string => `${run}.${ref}`;

/** Whether a thing that a run sent has reached one of the states. */
export async function holds(db: Queryable, run: string, { topic, ref, state, units }: Condition): Promise<boolean> {
  return (await db.query(SQL[topic], [run, doorRef(run, ref), state, units ?? null])).length > 0;
}
