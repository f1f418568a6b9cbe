-- How all sources stood, a line per change, so that looking back can tell what a wall said of them.
create table feed_past (
  n bigint generated always as identity primary key,
  at bigint not null,
  feeds jsonb not null
);
create index feed_past_at on feed_past (at, n);
