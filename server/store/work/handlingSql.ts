import type { HandlingGrouping, HandlingSubject } from '#contract/handling.ts';

/**
 * One row per thing: where it belongs, when it began, how long each step took, and whether it is late at $1. A repeat counts
 * with the thing it repeats, a rehearsal counts nowhere. The first request about a thing gives its acceptance.
 */
const FIRST_REQUEST = `left join lateral (select min(r.issued_at) as issued_at, min(r.accepted_at) as accepted_at from handling_request r where r.about_id = ID) q on true`;

const SUBJECTS: Readonly<Record<HandlingSubject, string>> = {
  alert: `select t.unit, t.ward, t.kind as category, t.raised_at as begun_at, t.provenance, t.acknowledged_at - t.raised_at as ack_ms, q.accepted_at - q.issued_at as accept_ms,
      t.resolved_at - t.raised_at as resolve_ms, t.state not in ('resolved', 'verified', 'closed') as is_open,
      coalesce(t.resolved_at, t.closed_at, $1) > t.due_at as is_late, 0 as reopened, null::int as rating
    from alert t ${FIRST_REQUEST.replace('ID', `'al-' || t.n`)} where t.duplicate_of is null and t.rehearsal is null`,
  feedback: `select t.unit, t.ward, t.service as category, t.reported_at as begun_at, t.provenance, q.issued_at - t.reported_at as ack_ms, q.accepted_at - q.issued_at as accept_ms,
      t.resolved_at - t.reported_at as resolve_ms, t.state in ('received', 'assigned', 'in-progress') as is_open,
      coalesce(t.resolved_at, t.closed_at, $1) > t.due_at as is_late, coalesce(t.reopened, 0) as reopened, t.rating::int as rating
    from feedback t ${FIRST_REQUEST.replace('ID', `'fb-' || t.n`)} where t.duplicate_of is null and t.rehearsal is null and t.state <> 'rejected'`,
  request: `select t.unit, t.ward, coalesce(t.about ->> 'topic', 'other') as category, t.issued_at as begun_at, t.provenance, t.read_at - t.issued_at as ack_ms, t.accepted_at - t.issued_at as accept_ms,
      t.carried_out_at - t.issued_at as resolve_ms, t.step in ('sent', 'delivered', 'read', 'accepted') as is_open,
      coalesce(t.carried_out_at, t.returned_at, $1) > t.due_at as is_late, 0 as reopened, null::int as rating
    from handling_request t where t.rehearsal is null`,
};

const GROUPS: Readonly<Record<HandlingGrouping, string>> = {
  unit: `coalesce(w.unit, '')`,
  ward: `coalesce(w.ward, '')`,
  category: 'w.category',
  period: `to_char(to_timestamp(w.begun_at / 1000.0) at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD')`,
};

const DAY_MS = 86_400_000;
const aged = (from: number, to: number | null) => `count(*) filter (where w.is_open and $1 - w.begun_at >= ${from * DAY_MS}${to === null ? '' : ` and $1 - w.begun_at < ${to * DAY_MS}`})::int`;
const middle = (column: string, share = 0.5) => `percentile_cont(${share}) within group (order by greatest(${column}, 0)) filter (where ${column} is not null)`;

/** Figures per group and of the whole (`isWhole`). Parameters: $1 now, $2 from, $3 to; `seen` is what the scope sees of `w`. */
export function handlingSql(of: HandlingSubject, by: HandlingGrouping, seen: string): string {
  return `select grouping(${GROUPS[by]}) = 1 as "isWhole", ${GROUPS[by]} as "group", count(*)::int as total, count(*) filter (where w.provenance = 'simulated')::int as simulated,
      ${middle('w.ack_ms')} as "acknowledgeMs", ${middle('w.accept_ms')} as "acceptMs", ${middle('w.resolve_ms')} as "resolveMs", ${middle('w.resolve_ms', 0.9)} as "resolveP90Ms",
      count(*) filter (where w.is_open)::int as open, count(*) filter (where w.is_late)::int as overdue, sum(w.reopened)::int as reopened,
      count(w.rating)::int as rated, avg(w.rating)::float8 as "ratingMean",
      json_build_array(${aged(0, 1)}, ${aged(1, 3)}, ${aged(3, 7)}, ${aged(7, null)}) as ageing
    from (${SUBJECTS[of]}) w where w.begun_at >= $2 and w.begun_at < $3 and ${seen}
    group by grouping sets ((), (${GROUPS[by]}))`;
}
