-- Thresholds that came with the product are samples until somebody writes their own.
alter table alert_rule add column is_sample boolean not null default false;
update alert_rule set is_sample = true where changed_by = 'Bản kèm sản phẩm';
