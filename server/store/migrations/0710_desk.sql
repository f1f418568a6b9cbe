-- Pictures people added to an alert; `evidence` stays what its source sent.
alter table alert add column attachments jsonb;

-- The shift log. A hand-over is an entry that the next shift confirms.
create table duty_entry (
  n bigint generated always as identity primary key,
  form text not null check (form in ('note', 'handover')),
  words text not null,
  actor text not null,
  actor_name text not null,
  at bigint not null,
  figures jsonb,
  taken_at bigint,
  taken_by text,
  taken_name text
);

-- Filters of the desk a person keeps under a name.
create table desk_view (
  account text not null,
  name text not null,
  body jsonb not null,
  changed_at bigint not null,
  primary key (account, name)
);
