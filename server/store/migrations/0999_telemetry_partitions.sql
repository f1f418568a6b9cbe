-- What telemetry leaves behind lives for a time and then goes. It is cut into partitions of time, so that what has passed goes as a whole:
-- nothing is deleted row by row, and nobody who writes waits. What was there already becomes the first partition, and reaches eight days
-- ahead so that servers of the former build find room as well.
do $$
declare
  kept record;
  newest bigint;
begin
  for kept in select * from (values ('telemetry_keyframe', 'at', 21600000::bigint), ('sensor_history', 'bucket_at', 2592000000), ('traffic_history', 'bucket_at', 2592000000)) as k(name, moment, span)
  loop
    execute format('alter table %1$I rename to %1$s_before', kept.name);
    execute format('create table %1$I (like %1$s_before including all) partition by range (%2$I)', kept.name, kept.moment);
    execute format('select max(%I) from %I', kept.moment, kept.name || '_before') into newest;
    if newest is null then
      execute format('drop table %I', kept.name || '_before');
    else
      newest := greatest(newest, (extract(epoch from now()) * 1000)::bigint) + 691200000;
      execute format('alter table %1$I attach partition %1$s_before for values from (minvalue) to (%2$s)', kept.name, (newest / kept.span + 1) * kept.span);
    end if;
  end loop;
end
$$;
