-- Parts of a camera's picture that nobody may see.
alter table camera add column masks jsonb;
