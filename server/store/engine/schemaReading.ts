import type { Queryable } from './engine.ts';

/** A table rows can be inserted into; a partitioned table counts, its partitions do not. */
export interface Table {
  name: string;
  quoted: string;
}

const NOT_OF_EXTENSION = (catalog: string, oid: string) =>
  `not exists (select from pg_depend d where d.classid = '${catalog}'::regclass and d.objid = ${oid} and d.deptype = 'e')`;

export function tablesOf(store: Queryable): Promise<Table[]> {
  return store.query(`
    select c.relname as name, format('public.%I', c.relname) as quoted from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and ${NOT_OF_EXTENSION('pg_class', 'c.oid')}
    order by c.relname`);
}

/** Columns that are stored as given: generated ones are left out. */
export function columnsOf(store: Queryable, table: Table): Promise<{ name: string; type: string }[]> {
  return store.query(
    `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [table.quoted],
  );
}

export function foreignKeysOf(store: Queryable): Promise<{ table: string; name: string; definition: string }[]> {
  return store.query(`
    select k.conrelid::regclass::text as table, quote_ident(k.conname) as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k
    where k.contype = 'f' and k.conparentid = 0 and k.connamespace = 'public'::regnamespace and ${NOT_OF_EXTENSION('pg_constraint', 'k.oid')}`);
}

/** Partitions, parents before children. */
export function partitionsOf(store: Queryable): Promise<{ parent: string; name: string; bound: string }[]> {
  return store.query(`
    select i.inhparent::regclass::text as parent, c.oid::regclass::text as name, pg_get_expr(c.relpartbound, c.oid) as bound
    from pg_class c join pg_inherits i on i.inhrelid = c.oid
    where c.relispartition and c.relkind in ('r', 'p') order by c.oid`);
}

/** Sequences that were used, with their last value. */
export function sequencesOf(store: Queryable): Promise<{ name: string; value: number }[]> {
  return store.query(`
    select format('%I.%I', schemaname, sequencename) as name, last_value as value from pg_sequences
    where schemaname = 'public' and last_value is not null`);
}
