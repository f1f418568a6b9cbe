select 'ou-' || n as id, unit, coalesce(("values" ->> 'reached')::int, 0) as part, 0 as whole, at, "values" ->> 'title' as text, provenance
from record
where topic = 'outreach' and rehearsal is null and at >= $1 and at < $2 and ($3::text[] is null or unit = any($3))
order by n
