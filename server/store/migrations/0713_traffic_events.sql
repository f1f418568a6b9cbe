create table traffic_event (
  n bigint generated always as identity primary key,
  kind text not null check (kind in ('incident', 'closure', 'flooded', 'planned')),
  title text not null,
  lon double precision not null,
  lat double precision not null,
  segment text,
  street text,
  ward text,
  from_at bigint not null,
  to_at bigint,
  ended_at bigint,
  actor text not null,
  actor_name text not null,
  at bigint not null
);
create index traffic_event_open on traffic_event (n) where ended_at is null;

create table patrol_task (
  patrol text primary key,
  alert text not null,
  actor text not null,
  at bigint not null
);
