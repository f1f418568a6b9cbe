select 'do-' || n as id, unit, ("values" ->> 'overdue')::int as part, ("values" ->> 'received')::int as whole, at, "values" ->> 'procedure' as text, provenance
from record
where topic = 'dossier' and rehearsal is null and at >= $1 and at < $2 and ($3::text[] is null or unit = any($3))
order by n
