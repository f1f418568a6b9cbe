-- One stretch of good rows whose value is not in force yet: the register and the values. `taken` keeps what is to be told of them.
with good as materialized (
  select r.line, r.code, r.unit, r.period, r.value, r.code || '/' || r.unit || '/' || r.period as ref, coalesce(v.revision, 0) as known
  from indicator_import_row r
  left join lateral (
    select max(o.revision) over () as revision, o.value from indicator_value o where (o.code, o.unit, o.period) = (r.code, r.unit, r.period) order by o.at desc, o.revision desc limit 1
  ) v on true
  where r.import = $1 and r.is_good and r.line > $2 and r.line <= $3 and (v.revision is null or r.value is distinct from v.value)
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
  select g.code, g.unit, g.period, g.known + 1, g.value, $5, $5, 'manual', $4, 'in-' || k.n from good g join kept k using (ref)
)
insert into taken select n, rev, ref, unit, "values" from kept
