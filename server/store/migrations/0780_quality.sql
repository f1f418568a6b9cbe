-- Đúng, đủ, sạch, sống of each day as last measured on it.
create table quality_day (
  day date not null,
  kind text not null check (kind in ('source', 'indicator')),
  id text not null,
  correct real,
  complete real,
  clean real,
  live real,
  primary key (kind, id, day)
);
