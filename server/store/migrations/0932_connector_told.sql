-- What a connection has told the other side of each thing: the sign of the last words, and why they were refused if they were.
create table connector_told (
  connector text not null references connector (id) on delete cascade,
  thing text not null,
  sign text not null,
  refused text,
  told_at bigint not null,
  primary key (connector, thing)
);
do $$
begin
  revoke all on connector_told from ioc_narrow;
exception
  when undefined_object or insufficient_privilege then
    raise notice 'there is no role ioc_narrow here';
end
$$;
