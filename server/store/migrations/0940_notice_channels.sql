-- Ways out of the building that an administrator declares. `sealed`: the secret, sealed with the key outside the store.
create table notice_channel (
  channel text primary key check (channel in ('email', 'webhook', 'sms', 'zalo')),
  body jsonb not null,
  sealed bytea,
  rev integer not null,
  changed_at bigint not null,
  changed_by text not null,
  test jsonb
);

-- What holds for whoever chose nothing of their own.
create table notice_house (only_row boolean primary key default true check (only_row), quiet jsonb);

-- Neither concerns a party of some units.
do $$
begin
  revoke all on notice_channel, notice_house from ioc_narrow;
exception
  when undefined_object or insufficient_privilege then
    raise notice 'there is no role ioc_narrow here';
end
$$;
