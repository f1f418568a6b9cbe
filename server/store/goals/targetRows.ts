import type { TargetOver } from '../../domain/indicator/setTargets.ts';
import { dayStart } from '../../domain/indicator/period.ts';
import type { Queryable } from '../engine/engine.ts';

const DAY_MS = 86_400_000;
const PREFIX = 'tg-';
export const targetNumberOf = (id: string): number => (/^tg-[1-9]\d{0,14}$/.test(id) ? Number(id.slice(PREFIX.length)) : 0);

/** A target that a person set, as it is kept. Shape: days yyyy-mm-dd, `until` the last day. */
export interface SetRow {
  id: string;
  code: string;
  unit: string;
  value: number;
  from: string;
  until: string | null;
  basis: string;
  setBy: string;
}

/** Targets that hold, in the order they were set. */
export const readSetTargets = (db: Queryable): Promise<SetRow[]> =>
  db.query<SetRow>(
    `select '${PREFIX}' || n as id, code, unit, value, to_char(valid_from, 'YYYY-MM-DD') as "from", to_char(valid_until, 'YYYY-MM-DD') as until, basis, set_by_name as "setBy"
     from indicator_target_set where withdrawn_at is null order by n`,
  );

/** The row as the rules read it. */
export const overOf = ({ id, code, unit, value, from, until }: SetRow): TargetOver => ({ id, code, unit, value, fromAt: dayStart(from), untilAt: until === null ? Infinity : dayStart(until) + DAY_MS });
