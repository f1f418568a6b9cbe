-- Per indicator: periods that were told, told otherwise later by the same source, told twice alike; units that owe a value and those that
-- speak in time. Two vendors that tell differently do not correct each other.
with told as (
  select code, unit, period, count(*) as times, count(distinct value) as different from indicator_value group by code, unit, period, source
),
values_of as (
  select code, count(*)::integer as periods, count(*) filter (where different > 1)::integer as corrected, coalesce(sum(times - different), 0)::integer as repeated from told group by code
),
units_of as (
  select subject ->> 'code' as code, count(*)::integer as units, count(*) filter (where reason <> 'no-data')::integer as speaking, count(*) filter (where reason not in ('no-data', 'stale'))::integer as in_time
  from red_status where subject ->> 'topic' = 'indicator' group by 1
)
select u.code, coalesce(v.periods, 0) as periods, coalesce(v.corrected, 0) as corrected, coalesce(v.repeated, 0) as repeated, u.units, u.speaking, u.in_time as "inTime"
from units_of u left join values_of v using (code)
