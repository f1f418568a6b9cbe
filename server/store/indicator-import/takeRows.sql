-- One stretch of good rows: the register, the values in force and the log, with the numbers of the log taken last.
with good as materialized (
  select r.line, r.code, r.unit, r.period, r.value, r.code || '/' || r.unit || '/' || r.period as ref
  from indicator_import_row r
  where r.import = $1 and r.is_good and r.line > $2 and r.line <= $3 and r.value is distinct from (
    select v.value from indicator_value v where (v.code, v.unit, v.period) = (r.code, r.unit, r.period) order by v.at desc, v.revision desc limit 1)
),
kept as (
  insert into record as t (topic, source, ref, rev, unit, provenance, at, received_at, "values", search_key)
  select 'indicator', $4, g.ref, 1, g.unit, 'manual', $5, $5, jsonb_build_object('code', g.code, 'period', g.period, 'value', g.value), lower(regexp_replace(g.code || ' ' || g.period, '[^A-Za-z0-9]+', ' ', 'g'))
  from good g
  on conflict (source, topic, ref) do update set rev = t.rev + 1, at = excluded.at, received_at = excluded.received_at, "values" = excluded."values"
  returning t.n, t.rev, t.ref, t.unit, t."values"
),
valued as (
  insert into indicator_value (code, unit, period, revision, value, at, received_at, provenance, source, record)
  select g.code, g.unit, g.period,
    coalesce((select max(v.revision) from indicator_value v where (v.code, v.unit, v.period) = (g.code, g.unit, g.period)), 0) + 1,
    g.value, $5, $5, 'manual', $4, 'in-' || k.n
  from good g join kept k using (ref)
),
head as (
  update event_head set seq = seq + (select count(*) from good) returning seq - (select count(*) from good) as before
)
insert into event_log (seq, topic, thing, rev, key, unit, ward, at, body)
select head.before + row_number() over (order by k.n), 'indicator', 'in-' || k.n, k.rev, 'import/' || $1 || '/' || k.ref, k.unit, null, $5,
  jsonb_build_object('id', 'in-' || k.n, 'ref', k.ref, 'source', $4::text, 'unit', k.unit, 'ward', null, 'position', null, 'provenance', 'manual', 'at', $5::bigint, 'receivedAt', $5::bigint, 'values', k."values")
from kept k, head
returning seq
