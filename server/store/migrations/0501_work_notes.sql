alter table handling_request
  add column on_the_way_at bigint,
  add column arrived_at bigint,
  add column media jsonb,
  add column nudges smallint,
  add column nudged_at bigint,
  add column nudge_note text,
  add column nudge_read_at bigint,
  add column explanation_asked_at bigint,
  add column explanation_due_at bigint,
  add column explanation_question text,
  add column explanation text,
  add column explained_at bigint;

alter table alert
  add column comments smallint,
  add column shelve_ask jsonb,
  add column procedure jsonb;
