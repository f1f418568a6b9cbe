create table alert_rule (
  code text primary key,
  body jsonb not null,
  is_on boolean not null default false,
  changed_at bigint not null,
  changed_by text not null,
  tried_at bigint
);

-- Where each thing a rule looks at stands, so that a restart raises nothing twice.
create table alert_rule_state (
  rule text not null references alert_rule (code) on delete cascade,
  series text not null,
  since bigint,
  is_on boolean not null,
  peak double precision not null,
  primary key (rule, series)
);
