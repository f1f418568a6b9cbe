-- Third layer of rights: a party of some units reads as `ioc_narrow`, to whom rows of other units do not exist. The owner of
-- the tables is not held to these policies. Where the server may not make roles the product says so and goes on with two layers.
do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'ioc_narrow') then
    create role ioc_narrow nologin;
  end if;
  execute format('grant ioc_narrow to %I', current_user);
  grant usage on schema public to ioc_narrow;
  grant select on all tables in schema public to ioc_narrow;
  alter default privileges in schema public grant select on tables to ioc_narrow;
exception
  when insufficient_privilege or duplicate_object or unique_violation then
    raise notice 'the role ioc_narrow can not be made here';
end
$$;

-- Whether something of `unit` in `ward` is within the units of the present transaction.
create function is_within_units(unit text, ward text) returns boolean language sql stable parallel safe as $$
  select unit = any(string_to_array(current_setting('ioc.units', true), ',')) or ward = any(string_to_array(current_setting('ioc.units', true), ','))
$$;

alter table alert enable row level security;
create policy own_units on alert for select using (is_within_units(unit, ward));
alter table feedback enable row level security;
create policy own_units on feedback for select using (is_within_units(unit, ward));
alter table handling_request enable row level security;
create policy own_units on handling_request for select using (is_within_units(unit, ward));
alter table camera enable row level security;
create policy own_units on camera for select using (is_within_units(unit, ward));
alter table record enable row level security;
create policy own_units on record for select using (is_within_units(unit, ward));
alter table red_case enable row level security;
create policy own_units on red_case for select using (is_within_units(unit, ward));
alter table event_log enable row level security;
create policy own_units on event_log for select using (is_within_units(unit, ward));
