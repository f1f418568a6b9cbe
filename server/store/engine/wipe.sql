-- What belongs to something else goes with it; a partitioned table belongs to its own key, and goes by itself.
do $$
declare
  thing record;
begin
  for thing in
    select format('drop %s if exists %I.%I cascade',
             case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end,
             n.nspname, c.relname) as command
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm', 'S')
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.refobjid <> c.oid and d.deptype in ('e', 'i', 'a'))
  loop
    execute thing.command;
  end loop;
  for thing in
    select format('drop routine if exists %s cascade', p.oid::regprocedure) as command
    from pg_proc p
    where p.pronamespace = 'public'::regnamespace
      and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
  loop
    execute thing.command;
  end loop;
  for thing in
    select format('drop %s if exists public.%I cascade', case t.typtype when 'd' then 'domain' else 'type' end, t.typname) as command
    from pg_type t
    where t.typnamespace = 'public'::regnamespace and t.typtype in ('d', 'e')
      and not exists (select from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
  loop
    execute thing.command;
  end loop;
end
$$;
