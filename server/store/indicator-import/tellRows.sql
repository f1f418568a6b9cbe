-- The log of a whole import in one piece, with its numbers taken last.
with head as (
  update event_head set seq = seq + (select count(*) from taken) returning seq - (select count(*) from taken) as before
),
told as (
  insert into event_log (seq, topic, thing, rev, key, unit, ward, at, body)
  select head.before + row_number() over (order by k.n), 'indicator', 'in-' || k.n, k.rev, 'import/' || $1 || '/' || k.ref, k.unit, null, $3,
    jsonb_build_object('id', 'in-' || k.n, 'ref', k.ref, 'source', $2::text, 'unit', k.unit, 'ward', null, 'position', null, 'provenance', 'manual', 'at', $3::bigint, 'receivedAt', $3::bigint, 'values', k."values")
  from taken k, head
  returning 1
)
select count(*)::integer as written from told
