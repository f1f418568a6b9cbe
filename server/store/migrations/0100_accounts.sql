create table account (
  id bigint generated always as identity primary key,
  login text not null unique check (login <> ''),
  name text not null,
  position text not null,
  roles text[] not null,
  units text[],
  password_hash text not null,
  must_change_password boolean not null default false,
  password_expires_at bigint,
  totp_secret text,
  totp_confirmed_at bigint,
  totp_last_step bigint not null default 0,
  disabled_at bigint,
  created_at bigint not null
);

create table session (
  token_hash text primary key,
  kind text not null check (kind in ('person', 'link', 'wall-device')),
  account_id bigint references account (id) on delete cascade,
  wall text,
  created_at bigint not null,
  last_seen_at bigint not null,
  expires_at bigint not null,
  ended_at bigint,
  check ((kind = 'person') = (account_id is not null)),
  check ((kind = 'wall-device') = (wall is not null))
);
create index session_of_account on session (account_id) where ended_at is null;
create index session_ended on session (ended_at) where ended_at is not null;

create table sign_in_link (
  token_hash text primary key,
  uses_left integer not null check (uses_left >= 0),
  expires_at bigint not null
);

create table ingest_key (
  id text primary key check (id ~ '^[a-z0-9]{1,16}$'),
  name text not null,
  secret_hash text not null,
  source text not null,
  source_name text not null,
  topics text[],
  provenance text not null check (provenance in ('real', 'simulated', 'manual')),
  networks text[],
  rate_per_minute integer check (rate_per_minute > 0),
  created_at bigint not null,
  last_used_at bigint,
  revoked_at bigint
);
create index ingest_key_active on ingest_key (source) where revoked_at is null;

create table pairing (
  secret_hash text primary key,
  code text not null unique,
  wall text not null,
  approved_wall text,
  expires_at bigint not null
);

create table audit_log (
  n bigint primary key,
  at bigint not null,
  actor text not null,
  action text not null,
  object text not null,
  prev text not null,
  hash text not null
);

create table audit_head (
  one boolean primary key default true check (one),
  n bigint not null,
  hash text not null
);

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only';
end
$$;
create trigger audit_log_append_only before update or delete on audit_log
  for each statement execute function refuse_audit_change();
