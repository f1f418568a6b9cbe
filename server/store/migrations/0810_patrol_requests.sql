-- A patrol that is sent somewhere gets a handling request like everybody else, with every receipt timed.
alter table handling_request add column patrol text;
create index handling_request_patrol on handling_request (patrol) where patrol is not null and step not in ('returned', 'carried-out', 'verified');
drop table patrol_task;
