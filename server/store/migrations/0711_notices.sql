-- What a person is told, once per cause.
create table notice (
  n bigint generated always as identity primary key,
  account bigint not null references account (id) on delete cascade,
  cause text not null,
  kind text not null,
  topic text not null,
  thing text not null,
  title text not null,
  is_urgent boolean not null,
  at bigint not null,
  read_at bigint,
  unique (account, cause)
);
create index notice_of_account on notice (account, n desc);
create index notice_of_thing on notice (thing, n);

-- How far the log was turned into notices: both change in one transaction.
create table notice_cursor (only_row boolean primary key default true check (only_row), epoch text not null, seq bigint not null);

-- One message to one address. `sending` outlives a crash: what cannot be sent again harmlessly becomes `unknown`.
create table notice_delivery (
  n bigint generated always as identity primary key,
  notice bigint not null references notice (n) on delete cascade,
  channel text not null check (channel in ('email', 'webhook', 'sms', 'zalo')),
  address text not null,
  state text not null check (state in ('waiting', 'sending', 'sent', 'failed', 'unknown')),
  due_at bigint not null,
  tries smallint not null default 0,
  sent_at bigint,
  fault text,
  unique (notice, channel)
);
create index notice_delivery_due on notice_delivery (due_at) where state = 'waiting';

create table notice_wish (
  account bigint primary key references account (id) on delete cascade,
  body jsonb not null,
  changed_at bigint not null
);
