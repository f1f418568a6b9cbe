-- Values of one formula indicator at units whose parts moved, where they say something new: weights by part, as real as the least real part.
with part as (select key as code, value::double precision as weight from json_each_text($1::json)),
told as (
  select distinct on (v.code, v.unit, v.period) v.code, v.unit, v.period, v.value, v.at, v.provenance
  from indicator_value v join part using (code) where v.unit = any($2::text[])
  order by v.code, v.unit, v.period, v.at desc, v.revision desc
),
made as (
  select t.unit, t.period, sum(p.weight * t.value / 100) as value, max(t.at) as at,
    case when bool_or(t.provenance = 'simulated') then 'simulated' when bool_or(t.provenance = 'manual') then 'manual' else 'real' end as provenance
  from told t join part p using (code) group by t.unit, t.period having count(t.value) = (select count(*) from part)
)
insert into indicator_value (code, unit, period, revision, value, at, received_at, provenance, source)
select $3, m.unit, m.period, coalesce(last.revision, 0) + 1, m.value, m.at, $4, m.provenance, 'ioc'
from made m
left join lateral (select max(v.revision) as revision from indicator_value v where (v.code, v.unit, v.period) = ($3, m.unit, m.period)) last on true
where round(m.value::numeric, 9) is distinct from (
  select round(v.value::numeric, 9) from indicator_value v where (v.code, v.unit, v.period) = ($3, m.unit, m.period) order by v.at desc, v.revision desc limit 1)
