select 'fb-' || n as id, unit, (resolved_at is not null and resolved_at < $2)::int as part, 1 as whole, reported_at as at, service as text, provenance
from feedback
where reported_at >= $1 and reported_at < $2 and duplicate_of is null and rehearsal is null and ($3::text[] is null or unit = any($3) or ward = any($3))
order by n
