select 'as-' || n as id, unit, (("values" ->> 'dueAt')::bigint < $2 and coalesce(("values" ->> 'done')::boolean, false) = false)::int as part, 1 as whole, ("values" ->> 'dueAt')::bigint as at, "values" ->> 'title' as text, provenance
from record
where topic = 'assignment' and rehearsal is null and at < $2 and (coalesce(("values" ->> 'done')::boolean, false) = false or at >= $1) and ($3::text[] is null or unit = any($3))
order by n
