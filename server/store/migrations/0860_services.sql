-- Where a service stands: the newest line is in force, none is ever changed. Without any, its folder says.
create table service_move (
  n bigint generated always as identity primary key,
  service text not null,
  state text not null check (state in ('planned', 'blocked', 'pilot', 'official')),
  reason text not null check (reason <> ''),
  approval text,
  actor text not null,
  actor_name text not null,
  at bigint not null
);
create index service_move_of on service_move (service, n);

-- Roll-out: every change of an entry is a new line; the first is the baseline.
create table rollout_entry (
  n bigint generated always as identity primary key,
  kind text not null,
  id text not null,
  rev integer not null check (rev >= 1),
  body jsonb not null,
  reason text not null,
  actor text not null,
  actor_name text not null,
  at bigint not null,
  unique (kind, id, rev)
);
