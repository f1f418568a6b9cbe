import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Page } from '#contract/http.ts';
import { fold } from '../../../geo/fold.ts';
import type { ListQuery } from '../../domain/ports/collections.ts';
import type { Scope, Subtree } from '../../domain/scope.ts';
import type { Queryable, Row } from '../engine/engine.ts';
import { ENTRY_COLUMNS, toEntries } from '../log/readEntries.ts';
import { createConditions, type Conditions } from './conditions.ts';
import { toMercator } from './mercator.ts';
import type { ThingList } from './thingLists.ts';

/** What a page needs besides its query. */
export interface Reading {
  db: Queryable;
  scope: Scope;
  subtree: Subtree;
  now: number;
}

/** Tables whose rows a rehearsal may have made. */
const REHEARSED: ReadonlySet<string> = new Set(['alert', 'feedback', 'handling_request', 'record']);

type FieldSql = (path: string, type: string) => string;

/**
 * One page of things, newest first. The cursor is the number of the last thing shown: things that arrive later
 * have higher numbers and never shift a page. With `at`, states are those of the log at that moment.
 */
export async function listThings(list: ThingList, query: ListQuery, reading: Reading): Promise<Outcome<Page>> {
  const cursor = query.cursor === undefined ? undefined : readCursor(query.cursor);
  if (query.cursor !== undefined && cursor === undefined) return refused('REQUEST_QUERY', { pointer: '/cursor' });
  const foreign = foreignFilter(list, query);
  if (foreign) return refused('REQUEST_QUERY', { pointer: `/${foreign}`, detail: 'this collection has no such filter' });
  const rows = query.at === undefined ? await presentRows(list, query, cursor, reading) : await pastRows(list, query, query.at, cursor, reading);
  const shown = rows.slice(0, query.limit);
  const next = rows.length > query.limit ? String(shown.at(-1)!['n']) : null;
  if (query.at === undefined) return okay({ items: shown.map(list.table.toState), next });
  const entries = await toEntries(reading.db, shown.map(({ n: _n, ...entry }) => entry));
  return okay({ items: entries.map(({ body }) => body), next });
}

function presentRows(list: ThingList, query: ListQuery, cursor: number | undefined, { db, scope, subtree, now }: Reading): Promise<Row[]> {
  const conditions = createConditions(scope, 't');
  filter(conditions, list, query, { alias: 't', field: presentField, now, subtree });
  if (cursor !== undefined) conditions.add('t.n < ?', cursor);
  const limit = conditions.bind(query.limit + 1);
  return db.query(
    `select ${list.table.selects} from ${list.table.table} t where ${conditions.where()} order by t.n desc limit ${limit}`,
    conditions.params(),
  );
}

function pastRows(list: ThingList, query: ListQuery, at: number, cursor: number | undefined, { db, scope, subtree }: Reading): Promise<Row[]> {
  const conditions = createConditions(scope, 'e');
  filter(conditions, list, query, { alias: 'e', field: pastField, now: at, subtree });
  if (cursor !== undefined) conditions.add('t.n < ?', cursor);
  const prefix = conditions.bind(list.table.idOf(0).slice(0, -1));
  const moment = conditions.bind(at);
  const limit = conditions.bind(query.limit + 1);
  return db.query(
    `select t.n, ${ENTRY_COLUMNS} from ${list.table.table} t
     cross join lateral (select * from event_log l where l.thing = ${prefix} || t.n and l.at <= ${moment} order by l.seq desc limit 1) e
     where ${conditions.where()} order by t.n desc limit ${limit}`,
    conditions.params(),
  );
}

interface Filtering {
  /** Alias of the row that holds unit and ward as of the moment asked for. */
  alias: string;
  field: FieldSql;
  now: number;
  subtree: Subtree;
}

function filter(conditions: Conditions, list: ThingList, query: ListQuery, { alias, field, now, subtree }: Filtering): void {
  const { filters, table } = list;
  if (!query.withRehearsals && REHEARSED.has(table.table)) conditions.add('t.rehearsal is null');
  if (table.table === 'record') conditions.add('t.topic = ?', table.topic);
  if (query.state !== undefined) conditions.add(`${field(filters.state!, 'text')} = ?`, query.state);
  if (query.kind !== undefined) conditions.add(`${field(filters.kind!, 'text')} = ?`, query.kind);
  if (query.level !== undefined) conditions.add(`${field(filters.level!, 'smallint')} = ?`, query.level);
  if (query.source !== undefined) conditions.add('t.source = ?', query.source);
  if (query.overdue !== undefined) {
    const late = list.overdue!(field, conditions.bind(now));
    conditions.add(query.overdue ? late : `not (${late})`);
  }
  if (query.unit !== undefined) {
    const codes = conditions.bind([query.unit, ...subtree(query.unit)]);
    conditions.add(`${alias}.unit = any(${codes}) or ${alias}.ward = any(${codes})`);
  }
  const words = query.q === undefined ? '' : fold(query.q);
  if (words !== '') conditions.add(`t.search_key like '%' || ? || '%'`, words);
  if (query.bbox) conditions.add(...boxCondition(query.bbox, list.hasExtent === true));
}

function boxCondition([west, south, east, north]: [number, number, number, number], hasExtent: boolean): [string, ...number[]] {
  const inBox = 't.place_3857 && st_makeenvelope(?, ?, ?, ?, 3857)';
  const corners = [...toMercator([west, south]), ...toMercator([east, north])];
  if (!hasExtent) return [inBox, ...corners];
  return [`${inBox} or st_intersects(t.extent, st_makeenvelope(?, ?, ?, ?, 4326))`, ...corners, west, south, east, north];
}

const snake = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const presentField: FieldSql = (path) => {
  const [outer = '', inner] = path.split('.');
  return inner === undefined ? `t."${snake(outer)}"` : `t."${snake(outer)}" ->> '${inner}'`;
};

const pastField: FieldSql = (path, type) => {
  const steps = path.split('.').map((step) => `'${step}'`);
  return `(e.body #>> array[${steps.join(', ')}])::${type}`;
};

function foreignFilter({ filters, overdue }: ThingList, query: ListQuery): string | undefined {
  if (query.overdue !== undefined && !overdue) return 'overdue';
  return (['state', 'kind', 'level'] as const).find((name) => query[name] !== undefined && filters[name] === undefined);
}

function readCursor(cursor: string): number | undefined {
  return /^\d{1,15}$/.test(cursor) ? Number(cursor) : undefined;
}
