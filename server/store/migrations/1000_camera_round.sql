-- The round of all cameras, one at a time whichever server goes it: how far it is, and whether someone stopped it.
create table camera_round (
  one boolean primary key default true check (one),
  started_at bigint not null,
  total integer not null,
  checked integer not null,
  touched_at bigint not null,
  ended_at bigint,
  is_stopped boolean not null default false
);

-- How far it is concerns every camera, not those of a party of some units.
do $$
begin
  revoke all on camera_round from ioc_narrow;
exception
  when undefined_object or insufficient_privilege then
    raise notice 'there is no role ioc_narrow here';
end
$$;
