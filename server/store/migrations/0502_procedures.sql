-- A version of a procedure is never changed once it left its draft: a new text is a new version.
create table procedure (
  code text not null,
  version integer not null check (version >= 1),
  state text not null check (state in ('draft', 'legal-review', 'in-force', 'withdrawn')),
  body jsonb not null,
  changed_at bigint not null,
  changed_by text not null,
  reason text,
  primary key (code, version)
);
create unique index procedure_in_force on procedure (code) where state = 'in-force';

create table procedure_run (
  n bigint generated always as identity primary key,
  alert text not null,
  code text not null,
  version integer not null,
  ended_at bigint,
  body jsonb not null,
  foreign key (code, version) references procedure (code, version)
);
create unique index procedure_run_open on procedure_run (alert) where ended_at is null;
create index procedure_run_alert on procedure_run (alert, n);
