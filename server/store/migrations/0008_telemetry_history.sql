-- Latest reading per sensor, so that a restart shows what was known and how old it is.
create table sensor (
  ref text primary key,
  source text not null,
  unit text,
  provenance text not null check (provenance in ('real', 'simulated', 'manual')),
  at bigint not null,
  state jsonb not null
) with (fillfactor = 70);

-- A whole layer every 10 s, kept for 24 h. Plain tables keyed by time first, so that a partition manager can take over.
create table telemetry_keyframe (
  at bigint not null,
  layer text not null check (layer in ('vehicle', 'traffic')),
  provenance text not null,
  frame bytea not null,
  primary key (at, layer)
);

create table sensor_history (
  bucket_at bigint not null,
  ref text not null,
  provenance text not null,
  n integer not null,
  sum double precision not null,
  low double precision not null,
  high double precision not null,
  last double precision not null,
  primary key (bucket_at, ref)
);

create table traffic_history (
  bucket_at bigint not null,
  segment text not null,
  provenance text not null,
  n integer not null,
  sum double precision not null,
  low double precision not null,
  high double precision not null,
  last double precision not null,
  primary key (bucket_at, segment)
);
create index sensor_history_ref on sensor_history (ref, bucket_at);
create index traffic_history_segment on traffic_history (segment, bucket_at);
