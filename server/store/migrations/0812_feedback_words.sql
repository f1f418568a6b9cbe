-- Words of reports are looked up by their trigrams, so that a search that finds little reads little.
create index feedback_words on feedback using gin (search_key public.gin_trgm_ops) with (fastupdate = off);
