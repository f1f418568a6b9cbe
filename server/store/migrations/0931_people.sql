-- Whom a unit is spoken to through (đầu mối).
create table focal_point (
  unit text primary key,
  account bigint not null references account (id),
  chosen_by_name text not null,
  chosen_at bigint not null
);
-- Who answers for an assignment: beside the register, because what stands there is in the log and names of people are not.
create table assignment_person (
  assignment bigint primary key references record (n) on delete cascade,
  account bigint not null references account (id),
  unit text not null,
  chosen_by_name text not null,
  chosen_at bigint not null
);
