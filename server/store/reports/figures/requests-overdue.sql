select 'hr-' || n as id, unit, (due_at < $2 and (carried_out_at is null or carried_out_at > due_at))::int as part, 1 as whole, due_at as at, title as text, provenance
from handling_request
where issued_at >= $1 and issued_at < $2 and rehearsal is null and ($3::text[] is null or unit = any($3))
order by n
