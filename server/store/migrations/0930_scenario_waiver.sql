-- Who let a scenario begin although its data was below the least quality it declares, why, and what fell short.
alter table scenario_run add column waiver jsonb;
