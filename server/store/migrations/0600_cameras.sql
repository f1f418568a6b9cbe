alter table camera
  add column groups jsonb,
  add column height_m double precision,
  add column certificate text,
  add column contractor text;

-- Saved ordered sets of cameras: a salvo fills a matrix at once, a tour walks through them.
create table camera_set (
  n bigint generated always as identity primary key,
  kind text not null check (kind in ('salvo', 'tour')),
  name text not null,
  cameras jsonb not null,
  size smallint not null,
  dwell_s smallint not null,
  made_by text not null,
  updated_at bigint not null
);

-- Who viewed, kept or noted what: the evidence log of cameras.
create table camera_trace (
  n bigint generated always as identity primary key,
  camera bigint not null references camera (n) on delete cascade,
  act text not null check (act in ('view', 'snapshot', 'bookmark')),
  actor text not null,
  actor_name text not null,
  at bigint not null,
  taken_at bigint,
  words text,
  attachment text,
  about text
);
create index camera_trace_camera on camera_trace (camera, n desc);

-- Every look of the round at a camera; what lies between two looks is as the first one found it.
create table camera_check (
  camera bigint not null references camera (n) on delete cascade,
  at bigint not null,
  state text not null,
  primary key (camera, at)
);
create index camera_check_at on camera_check (at);

-- A new camera and its addresses are written in one transaction, in either order.
alter table camera_stream alter constraint camera_stream_camera_fkey deferrable initially deferred;
