-- Why a person had it removed before the daily purge came; null for the daily one.
alter table purge_receipt add column reason text;
