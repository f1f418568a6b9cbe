-- Which thing shows which picture, and where that thing belongs. A person who sent a picture stands here too, by account id.
create table attachment_use (
  attachment text not null,
  thing text not null,
  unit text,
  ward text,
  primary key (attachment, thing)
);

insert into attachment_use (attachment, thing, unit, ward)
select distinct on (named[1], e.thing) named[1], e.thing, e.unit, e.ward
from event_log e, regexp_matches(e.body::text, '"(at-[0-9a-f]{40})"', 'g') as named
order by named[1], e.thing, e.seq desc;
