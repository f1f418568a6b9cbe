alter table feedback
  add column answer text,
  add column answered_at bigint,
  add column closed_reason text,
  add column closed_at bigint,
  add column rating smallint check (rating between 1 and 5),
  add column reopened smallint;
create index feedback_handled on feedback (n) where state in ('resolved', 'verified', 'closed') and duplicate_of is null;
create index feedback_repeats on feedback (duplicate_of) where duplicate_of is not null;

-- Who holds the code may follow and rate a report; the code itself is never kept.
create table feedback_follow (
  feedback bigint primary key references feedback (n) on delete cascade,
  code_hash text not null unique
);
