-- Reports that are handled at once, around the clock; absent: within working days.
alter table feedback add column process text check (process in ('timed', 'immediate'));
