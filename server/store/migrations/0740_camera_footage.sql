-- Kept film: by itself around an alert, or taken out by a person for a reason. The film lies in a file named by the row.
create table camera_clip (
  n bigint generated always as identity primary key,
  camera bigint not null references camera (n) on delete cascade,
  kind text not null check (kind in ('alert', 'export')),
  state text not null check (state in ('open', 'kept', 'empty', 'deleted')),
  about text,
  from_at bigint not null,
  to_at bigint not null,
  bytes bigint not null default 0,
  sha256 text,
  actor text not null,
  actor_name text not null,
  reason text,
  at bigint not null,
  delete_at bigint not null
);
create index camera_clip_camera on camera_clip (camera, from_at);
create index camera_clip_about on camera_clip (about);

-- A recorder that plays the past of a camera is one more address of it; a login that every manual prints is remembered as such.
alter table camera_stream drop constraint camera_stream_role_check;
alter table camera_stream add constraint camera_stream_role_check check (role in ('main', 'sub', 'recorder'));
alter table camera_stream add column has_default_login boolean not null default false;

alter table camera_trace drop constraint camera_trace_act_check;
alter table camera_trace add constraint camera_trace_act_check check (act in ('view', 'snapshot', 'bookmark', 'playback', 'export', 'steer'));

-- Control of a camera over ONVIF: where and with which login, and what it can do.
create table camera_device (
  camera bigint primary key references camera (n) on delete cascade,
  sealed_login bytea not null,
  profile text,
  can_steer boolean not null,
  model text,
  has_default_login boolean not null
);

-- Who steers a camera, and until when nobody else does.
create table camera_hold (
  camera bigint primary key references camera (n) on delete cascade,
  holder text not null,
  holder_name text not null,
  rank smallint not null,
  until_at bigint not null
);

-- How far the clock of a camera was from ours at a look. Units: ms.
alter table camera_check add column clock_offset_ms bigint;
