-- The only giver of sequence numbers. Its row lock is held until commit, so numbers are in commit order and a rollback leaves no gap.
create table event_head (
  is_only boolean primary key default true check (is_only),
  epoch uuid not null default gen_random_uuid(),
  seq bigint not null default 0,
  first_kept_seq bigint not null default 1
) with (fillfactor = 10);
insert into event_head default values;

-- `body` is the whole state after the change without the free text of persons, which is joined at delivery.
create table event_log (
  seq bigint primary key,
  topic text not null,
  thing text not null,
  rev integer not null check (rev >= 1),
  key text not null,
  unit text,
  ward text,
  at bigint not null,
  body jsonb not null
);
create index event_log_topic on event_log (topic, seq);
create index event_log_thing on event_log (thing, seq);

-- Which messages were taken: the same key and body again is a duplicate, another body a conflict.
create table message (
  source text not null,
  key text not null,
  topic text not null,
  hash bytea not null,
  seq bigint not null,
  thing text not null,
  primary key (source, key)
);

create function wake_log_readers() returns trigger language plpgsql as $$
begin
  perform pg_notify('event_log', '');
  return null;
end
$$;
create trigger wake_log_readers after insert on event_log for each statement execute function wake_log_readers();
