-- The product itself never has two current requests about one thing; what other systems send is theirs to keep right.
create unique index handling_request_current on handling_request (about_id)
  where source = 'ioc' and step not in ('verified', 'returned');

-- Who did what to a thing, and the words that were said; the log and the audit hold neither.
create table work_act (
  n bigint generated always as identity primary key,
  thing text not null,
  rev integer not null,
  act text not null,
  actor text not null,
  actor_name text not null,
  words text,
  at bigint not null
);
create index work_act_thing on work_act (thing, n);
