-- The saved version of a scene that walls show instead of the shipped file.
create table scene_published (
  id text primary key,
  version integer not null check (version >= 1),
  published_by text not null,
  published_at bigint not null
);
