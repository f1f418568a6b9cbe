import type { TrainingRecord } from '#contract/scenario.ts';
import type { Queryable } from '../engine/engine.ts';
import { idOfRun, publicRun, type RunRow } from './runRows.ts';

/** Writes down who finished a scored course, and how. */
export async function writeTraining(db: Queryable, row: RunRow, now: number): Promise<void> {
  const { score, outOf, passAt } = publicRun(row);
  if (score === null || passAt === null || !outOf) return;
  await db.query('insert into training_record (run, course, name, person, person_name, score, out_of, is_passed, completed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
    idOfRun(row.n), row.scenario, JSON.stringify(row.spec.name), row.startedBy, row.startedName, score, outOf, score >= passAt, now,
  ]);
}

/** Who finished what, newest first; `reader` is the one who asks. */
export const readTrainings = (db: Queryable, reader: string): Promise<TrainingRecord[]> =>
  db.query<TrainingRecord>(`select run, course, name, person_name as person, person = $1 as "isMine", score, out_of as "outOf", is_passed as "isPassed", completed_at as "completedAt" from training_record order by n desc limit 500`, [reader]);
