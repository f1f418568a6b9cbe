select 'in-' || n as id, unit, 1 as part, 0 as whole, at, ("values" ->> 'code') || ' ' || ("values" ->> 'period') as text, provenance
from record
where topic = 'indicator' and rehearsal is null and received_at >= $1 and received_at < $2 and ($3::text[] is null or unit = any($3))
order by n
