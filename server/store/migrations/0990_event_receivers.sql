-- Systems that are told what happens here. `sealed`: the signing secret, sealed with the key outside the store. `memory`: up to where in the log they were told.
create table event_receiver (
  id text primary key,
  body jsonb not null,
  is_on boolean not null default false,
  sealed bytea not null,
  rev integer not null,
  memory jsonb not null,
  changed_at bigint not null,
  changed_by text not null
);

create table event_delivery (
  n bigint generated always as identity primary key,
  receiver text not null references event_receiver (id) on delete cascade,
  body jsonb not null
);
create index event_delivery_newest on event_delivery (receiver, n desc);

-- Nothing of a receiver concerns a party of some units.
do $$
begin
  revoke all on event_receiver, event_delivery from ioc_narrow;
exception
  when undefined_object or insufficient_privilege then
    raise notice 'there is no role ioc_narrow here';
end
$$;
