import type { Position } from '#contract/base.ts';
import type { PublicReport, PublicResults } from '#contract/citizen.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { FeedbackState } from '#contract/topics/feedback.ts';
import { feedbackPolicy } from '../../domain/feedback/policy.ts';
import type { ResultsQuery } from '../../domain/ports/citizens.ts';
import type { Units } from '../../domain/units/units.ts';
import type { Queryable } from '../engine/engine.ts';
import { feedbackTable } from '../topics/feedback.ts';

const HANDLED = `t.state in ('resolved', 'verified', 'closed') and t.resolved_at is not null and t.duplicate_of is null and t.rehearsal is null`;
const REAL = `t.provenance <> 'simulated'`;
const GRID = feedbackPolicy.publicGridDegrees;

/** What anyone may read of a report. */
export function publicOf(state: FeedbackState, units: Pick<Units, 'get'>): PublicReport {
  const { id, service, ward, provenance, reportedAt, dueAt, resolvedAt } = state;
  return {
    id, service, ward, provenance, reportedAt, dueAt, resolvedAt,
    state: state.state,
    wardName: ward === null ? null : (units.get(ward)?.fullName ?? null),
    position: state.position && coarse(state.position),
    answer: state.answer ?? (state.state === 'rejected' ? (state.closedReason ?? null) : null),
    rating: state.rating ?? null,
  };
}

const coarse = (position: Position): Position => position.map((degrees) => Number((Math.round(degrees / GRID) * GRID).toFixed(3))) as Position;

/** Handled reports, newest first, with the figures over all real ones. Fails: REQUEST_QUERY for a cursor that is none. */
export async function readResults(db: Queryable, units: Pick<Units, 'get'>, { limit, cursor, service, ward }: ResultsQuery): Promise<Outcome<PublicResults>> {
  if (cursor !== undefined && !/^\d{1,15}$/.test(cursor)) return refused('REQUEST_QUERY', { pointer: '/cursor' });
  const filters = `${HANDLED} and ($1::text is null or t.service = $1) and ($2::text is null or t.ward = $2)`;
  const rows = await db.query(`select ${feedbackTable.selects} from feedback t where ${filters} and ($3::bigint is null or t.n < $3) order by t.n desc limit $4`, [
    service ?? null, ward ?? null, cursor ?? null, limit + 1,
  ]);
  const [figures] = await db.query<PublicResults['figures']>(
    `select (count(*) filter (where ${REAL}))::int as handled, (count(*) filter (where not ${REAL}))::int as simulated,
            (count(*) filter (where ${REAL} and t.resolved_at <= t.due_at))::int as "onTime",
            (count(t.rating) filter (where ${REAL}))::int as rated, (avg(t.rating) filter (where ${REAL}))::float8 as "ratingMean"
     from feedback t where ${filters}`,
    [service ?? null, ward ?? null],
  );
  const items = rows.slice(0, limit).map((row) => publicOf(feedbackTable.toState(row), units));
  const last = rows.length > limit ? items.at(-1) : undefined;
  const next = last ? String(feedbackTable.numberOf(last.id)) : null;
  return okay({ items, next, figures: figures ?? { handled: 0, simulated: 0, onTime: 0, rated: 0, ratingMean: null } });
}
