create extension if not exists postgis;

-- One row per code and validity: a merger ends the old row and begins new ones.
create table unit (
  code text not null,
  name text not null,
  full_name text not null,
  kind text not null check (kind in ('province', 'ward', 'commune', 'specialZone', 'agency')),
  parent text,
  valid daterange not null check (not isempty(valid)),
  search_key text not null,
  place geometry(Point, 4326) check (place is null or public.st_isvalid(place)),
  boundary geometry(MultiPolygon, 4326) check (boundary is null or public.st_isvalid(boundary)),
  primary key (code, valid)
);
create unique index unit_in_force on unit (code) where upper_inf(valid);
create index unit_parent on unit (parent);
create index unit_boundary on unit using gist (boundary);

create table source (
  id text primary key,
  name text not null,
  provenance text not null check (provenance in ('real', 'simulated', 'manual')),
  -- How often it promised to speak; null when it speaks only when something happens.
  promised_ms bigint check (promised_ms > 0),
  first_seen_at bigint not null
);

create table source_health (
  source text primary key references source (id) on delete cascade,
  last_success_at bigint,
  accepted bigint not null default 0,
  duplicates bigint not null default 0,
  rejected bigint not null default 0,
  damaged bigint not null default 0,
  -- The newest few refusals: code, pointer, when.
  reasons jsonb not null default '[]'
) with (fillfactor = 70);
