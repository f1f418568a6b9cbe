select 'al-' || n as id, unit, (acknowledged_at is not null and acknowledged_at < acknowledge_by)::int as part, 1 as whole, raised_at as at, title as text, provenance
from alert
where raised_at >= $1 and raised_at < $2 and duplicate_of is null and rehearsal is null and ($3::text[] is null or unit = any($3) or ward = any($3))
order by n
