-- `state` of wall_state is the whole memory of the reducer; `state` of wall_log is what was shown.
alter table wall_log
  add column apply_at bigint not null,
  add column hash text not null check (hash ~ '^[0-9a-f]{64}$');
