-- A thing has one current request for its unit, and one for each patrol sent to it.
drop index handling_request_current;
create unique index handling_request_current on handling_request (about_id, coalesce(patrol, ''))
  where source = 'ioc' and step not in ('verified', 'returned') and about ->> 'topic' <> 'case';
