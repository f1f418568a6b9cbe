-- Where an entry stands in a trace that is recorded, so that every server and page can tell what it did with it. Nearly always empty.
alter table event_log add column trace text;
