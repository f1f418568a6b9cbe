-- Reports and official letters. What was locked never changes: `content` and its hash stay as they were.
create table report (
  n bigint generated always as identity primary key,
  rev integer not null default 1,
  kind text not null check (kind in ('weekly', 'monthly-red', 'campaign', 'ad-hoc', 'urging', 'guidance')),
  state text not null check (state in ('draft', 'locked', 'sent', 'returned')),
  unit text,
  period_from bigint not null,
  period_to bigint not null,
  body jsonb not null,
  content jsonb not null,
  hash text check ((hash is null) = (state = 'draft'))
);
create index report_period on report (kind, period_from);

create function keep_locked_report() returns trigger language plpgsql as $$
begin
  if old.state <> 'draft' and (new.content is distinct from old.content or new.hash is distinct from old.hash or new.state = 'draft') then
    raise exception 'report % is locked', old.n using errcode = 'check_violation';
  end if;
  return new;
end
$$;
create trigger report_locked before update on report for each row execute function keep_locked_report();

create function keep_sent_report() returns trigger language plpgsql as $$
begin
  if old.state <> 'draft' then
    raise exception 'report % is locked', old.n using errcode = 'check_violation';
  end if;
  return old;
end
$$;
create trigger report_kept before delete on report for each row execute function keep_sent_report();
