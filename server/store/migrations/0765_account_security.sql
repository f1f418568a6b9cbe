-- An account ends by itself when `expires_at` says so; what it may read of persons is its data class.
alter table account
  add column expires_at bigint,
  add column data_class text not null default 'personal' check (data_class in ('open', 'internal', 'personal')),
  add column recovery_hashes text[] not null default '{}',
  add column outside_id text unique;
update account set data_class = 'internal' where roles <@ array['guest', 'auditor'];

alter table session add column address text;

-- Exports of personal data: asked by one person, allowed by another, taken once.
create table export_request (
  n bigint generated always as identity primary key,
  what text not null check (what in ('feedback-contacts', 'accounts')),
  reason text not null check (reason <> ''),
  asked_by text not null,
  asked_name text not null,
  asked_at bigint not null,
  allowed_by text,
  allowed_name text,
  allowed_at bigint,
  taken_at bigint,
  expires_at bigint not null,
  check (allowed_by is null or allowed_by <> asked_by),
  check (taken_at is null or allowed_at is not null)
);

create table purge_receipt (
  n bigint generated always as identity primary key,
  at bigint not null,
  what text not null,
  before_at bigint not null,
  rows bigint not null,
  hash text not null,
  actor text not null
);

-- The audit log begins after this line; what was before was purged with a receipt.
create table audit_anchor (
  one boolean primary key default true check (one),
  n bigint not null,
  hash text not null
);

create or replace function refuse_audit_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('ioc.purge', true) = 'on' then
    return null;
  end if;
  raise exception 'the audit log is append-only';
end
$$;
