-- Groups of cameras whose pictures are for some only; a group without a row is for everyone who sees its cameras.
create table camera_group (
  name text primary key,
  roles jsonb not null,
  people jsonb not null,
  on_walls boolean not null,
  updated_at bigint not null
);
