-- Independent of the engine: which indicators at units, and which assignments, are ĐỎ or low at $1 (epoch ms).
with moment as (select $1::bigint as now, to_timestamp($1::bigint / 1000.0) at time zone 'Asia/Ho_Chi_Minh' as local),
in_force as (
  select distinct on (code, unit, period) code, unit, period, value, to_date(period, 'YYYY-MM') as month
  from indicator_value order by code, unit, period, at desc, revision desc
),
newest as (
  select distinct on (f.code, f.unit) f.*, (f.month + interval '1 month' - interval '1 day')::date as last_day
  from in_force f, moment where f.value is not null and f.month <= moment.local order by f.code, f.unit, f.month desc
),
judged as (
  select n.code, n.unit, r.red, r.low,
    case
      when r.direction = 'lower' then case when n.value <= t.value then 1 else t.value / n.value end
      when due.target > 0 then n.value / due.target
      when n.value >= due.target then 1 else 0
    end as achievement
  from newest n
  cross join moment
  join indicator_rule r on r.code = n.code and r.valid @> n.last_day
  join lateral (
    select value from indicator_target t where t.code = n.code and t.unit in (n.unit, '') and t.valid @> n.last_day order by t.unit desc limit 1
  ) t on true
  cross join lateral (select case when r.accumulates then t.value * extract(month from n.month)::int / 12.0 else t.value end as target) due
  -- Not stale: the report of the following month is not due yet.
  where moment.local < n.month + interval '2 months' + make_interval(days => r.report_due_days)
),
told as (
  select 'as-' || n as id, at, "values" as v, ("values" ->> 'dueAt')::bigint as due_at, coalesce(("values" ->> 'progress')::int, 0) as progress,
    least(coalesce(("values" ->> 'startAt')::bigint, at), ("values" ->> 'dueAt')::bigint) as begin_at
  from record where topic = 'assignment' and coalesce(("values" ->> 'done')::boolean, false) = false
),
-- Working milliseconds between two moments, day by day.
timed as (
  select told.*, worked.blocked_ms, worked.spent_ms, worked.whole_ms
  from told cross join moment cross join lateral (
    select
      coalesce(sum(greatest(0, least(s.until_at, moment.now) - greatest(s.from_at, told.at))), 0) as blocked_ms,
      coalesce(sum(greatest(0, least(s.until_at, least(moment.now, told.due_at)) - greatest(s.from_at, told.begin_at))), 0) as spent_ms,
      coalesce(sum(greatest(0, least(s.until_at, told.due_at) - greatest(s.from_at, told.begin_at))), 0) as whole_ms
    from generate_series(timestamp '2025-12-01', timestamp '2027-06-30', interval '1 day') as d(day)
    cross join (values (7.5, 11.5), (13.5, 17.5)) as h(from_hour, until_hour)
    cross join lateral (
      select (extract(epoch from d.day at time zone 'Asia/Ho_Chi_Minh') * 1000 + h.from_hour * 3600000)::bigint as from_at,
             (extract(epoch from d.day at time zone 'Asia/Ho_Chi_Minh') * 1000 + h.until_hour * 3600000)::bigint as until_at
    ) s
    where (extract(isodow from d.day) < 6 and not (d.day::date = any($2::date[]))) or d.day::date = any($3::date[])
  ) worked
)
select 'indicator/' || code || '/' || unit as ref, achievement < red as is_red, achievement < low as is_low from judged
union all
select 'assignment/' || id,
  moment.now >= due_at
    or exists (select 1 from jsonb_array_elements(coalesce(v -> 'milestones', '[]')) m where coalesce((m ->> 'done')::boolean, false) = false and (m ->> 'dueAt')::bigint <= moment.now)
    or (v ? 'blocked' and blocked_ms >= 5 * 28800000),
  whole_ms > 0 and spent_ms >= 0.1 * whole_ms and progress / 100.0 < 0.5 * spent_ms / whole_ms
from timed, moment
