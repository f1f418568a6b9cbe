-- Connections that an administrator declares. `sealed`: secrets as JSON, sealed with the key outside the store. `memory`: where it stands at the other side.
create table connector (
  id text primary key,
  body jsonb not null,
  is_on boolean not null default false,
  sealed bytea,
  rev integer not null,
  memory jsonb not null,
  changed_at bigint not null,
  changed_by text not null
);

create table connector_run (
  n bigint generated always as identity primary key,
  connector text not null references connector (id) on delete cascade,
  body jsonb not null,
  is_running boolean not null
);
create index connector_run_newest on connector_run (connector, n desc);

-- Nothing of a connection concerns a party of some units.
do $$
begin
  revoke all on connector, connector_run from ioc_narrow;
exception
  when undefined_object or insufficient_privilege then
    raise notice 'there is no role ioc_narrow here';
end
$$;
