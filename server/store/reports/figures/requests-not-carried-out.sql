select 'hr-' || n as id, unit, (carried_out_at is null or carried_out_at >= $2)::int as part, 1 as whole, issued_at as at, title as text, provenance
from handling_request
where issued_at >= $1 and issued_at < $2 and rehearsal is null and ($3::text[] is null or unit = any($3))
order by n
