create table wall_state (
  wall text primary key,
  rev bigint not null check (rev >= 1),
  state jsonb not null,
  updated_at bigint not null
) with (fillfactor = 50);

create table wall_log (
  wall text not null,
  rev bigint not null,
  at bigint not null,
  actor text not null,
  act text not null,
  why text not null default '',
  state jsonb not null,
  primary key (wall, rev)
);
create index wall_log_at on wall_log (wall, at);

-- What people edit is never changed in place: each save is a new version.
create table layout_version (
  kind text not null check (kind in ('wall', 'scene', 'tour', 'scenario')),
  id text not null,
  version integer not null check (version >= 1),
  spec jsonb not null,
  saved_by text not null,
  saved_at bigint not null,
  primary key (kind, id, version)
);

create table setting (
  name text primary key,
  value jsonb not null,
  changed_by text not null,
  changed_at bigint not null
);
