select 'sv-' || n as id, unit, (("values" ->> 'severity')::int <= 2)::int as part, 1 as whole, at, "values" ->> 'asset' as text, provenance
from record
where topic = 'security-event' and rehearsal is null and at >= $1 and at < $2 and ($3::text[] is null or unit = any($3))
order by n
