-- Rises with every change: a node that moves a run from an older row than the present one is refused.
alter table scenario_run add column rev integer not null default 1;
