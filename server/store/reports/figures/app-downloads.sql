select 'ro-' || e.id as id, null::text as unit, (e.body ->> 'count')::int as part, 0 as whole, e.at, e.body ->> 'title' as text, 'manual' as provenance
from (
  select distinct on (id) id, body, (extract(epoch from (body ->> 'on')::timestamp at time zone 'Asia/Ho_Chi_Minh') * 1000)::bigint as at
  from rollout_entry where kind = 'outreach' order by id, rev desc
) e
where e.body ->> 'what' = 'downloads' and e.at >= $1 and e.at < $2 and $3::text[] is null
order by e.at, e.id
