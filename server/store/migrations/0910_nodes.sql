-- Servers that work on this store now; a row is renewed every second and ends with its server.
create table node (
  id text primary key,
  name text not null,
  version text not null,
  started_at bigint not null,
  seen_at timestamptz not null
);

-- Who does what must be done once: feeds, connectors, rules, backups. `until` is judged by the clock of the store alone.
create table node_duty (
  is_only boolean primary key default true check (is_only),
  holder text,
  until timestamptz not null
);
insert into node_duty (holder, until) values (null, '-infinity');

-- Mark of the key that seals what is kept here: a server with another key could not read it.
create table seal_mark (
  is_only boolean primary key default true check (is_only),
  mark text not null
);

do $$
begin
  revoke all on node, node_duty, seal_mark from ioc_narrow;
exception
  when undefined_object or insufficient_privilege then
    raise notice 'there is no role ioc_narrow here';
end
$$;
