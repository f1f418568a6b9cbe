import type { LoggedTopic } from '#contract/topics.ts';
import { ALL_TOPICS } from '#contract/topics.ts';
import type { Queryable, Row, Tx } from '../engine/engine.ts';
import { type Columns, readList, recordType, writePairs } from './columns.ts';

/** What every thing of a logged topic shows. */
export interface Thing {
  id: string;
  ref: string;
  source: string;
  unit: string | null;
  ward: string | null;
  rehearsal?: string | null | undefined;
}

/** A thing as it is kept: its public state and how often it changed. */
export interface Stored<State> {
  rev: number;
  state: State;
}

export interface ThingShape<State extends Thing> {
  topic: LoggedTopic;
  table: string;
  /** Every field of the state but `id`. */
  fields: Readonly<Record<Exclude<keyof State & string, 'id'>, Columns[string]>>;
  /** Columns kept beside the state: what they are, and how they follow from it. */
  beside?: { columns: Columns; of: (state: State) => Row };
  /** SQL condition on `t`: the thing belongs in the snapshot a screen starts from. */
  matters: string;
  /** Set when several topics share the table. */
  sharesTable?: boolean;
}

/** The rows of one logged topic. Writing never touches the log: `appendEntries` does, as the last statement. */
export interface ThingTable<State extends Thing = Thing> {
  readonly topic: LoggedTopic;
  readonly table: string;
  readonly matters: string;
  /** Select list of `toState`, over the alias `t`. */
  readonly selects: string;
  toState(row: Row): State;
  idOf(n: number): string;
  /** The number inside an id, or undefined for an id of another topic. */
  numberOf(id: string): number | undefined;
  read(db: Queryable, ids: readonly string[]): Promise<Stored<State>[]>;
  /** Locks the row until the transaction ends. */
  readForUpdate(tx: Tx, id: string): Promise<Stored<State> | undefined>;
  /** Locks the rows of one source by `ref`, in a fixed order. */
  readByRefsForUpdate(tx: Tx, source: string, refs: readonly string[]): Promise<Stored<State>[]>;
  nextIds(tx: Queryable, count: number): Promise<string[]>;
  insert(tx: Tx, things: readonly Stored<State>[]): Promise<void>;
  update(tx: Tx, things: readonly Stored<State>[]): Promise<void>;
}

export function createThingTable<State extends Thing>(shape: ThingShape<State>): ThingTable<State> {
  const { topic, table, matters, sharesTable, beside } = shape;
  const prefix = ALL_TOPICS[topic].prefix;
  const kept: Columns = { n: 'bigint', rev: 'integer', ...shape.fields, ...beside?.columns, ...(sharesTable ? { topic: 'text' } : {}) };
  const selects = readList({ n: 'bigint', rev: 'integer', ...shape.fields });
  const pairs = writePairs(kept);
  const isTopic = sharesTable ? `t.topic = '${topic}' and ` : '';
  const from = `json_to_recordset($1::json) as r(${recordType(kept)})`;
  const insertion = `insert into ${table} (${pairs.map(({ column }) => column).join(', ')}) select ${pairs.map(({ value }) => value).join(', ')} from ${from}`;
  const changed = pairs.filter(({ column }) => column !== '"n"').map(({ column, value }) => `${column} = ${value}`);
  const change = `update ${table} t set ${changed.join(', ')} from ${from} where t.n = r.n`;
  const stateFields = Object.keys(shape.fields);

  const idOf = (n: number) => `${prefix}-${n}`;
  const numberOf = (id: string) => {
    const digits = id.startsWith(`${prefix}-`) ? id.slice(prefix.length + 1) : '';
    return /^[1-9]\d{0,14}$/.test(digits) ? Number(digits) : undefined;
  };
  const toState = (row: Row) => {
    const state: Row = { id: idOf(row['n'] as number) };
    for (const field of stateFields) state[field] = row[field];
    return state as unknown as State;
  };
  const toStored = (row: Row): Stored<State> => ({ rev: row['rev'] as number, state: toState(row) });
  // An absent field is null to the store, and a third of the bytes.
  const toRecord = ({ rev, state }: Stored<State>) => {
    const record: Row = { n: numberOf(state.id), rev };
    if (sharesTable) record['topic'] = topic;
    for (const source of [state, beside?.of(state) ?? {}] as Row[]) {
      for (const field in source) if (field !== 'id' && source[field] !== null) record[field] = source[field];
    }
    return record;
  };
  const numbersOf = (ids: readonly string[]) => ids.map(numberOf).filter((n) => n !== undefined);

  return {
    topic, table, matters, selects, toState, idOf, numberOf,
    async read(db, ids) {
      const rows = await db.query(`select ${selects} from ${table} t where ${isTopic}t.n = any($1::bigint[])`, [numbersOf(ids)]);
      return rows.map(toStored);
    },
    async readForUpdate(tx, id) {
      const [row] = await tx.query(`select ${selects} from ${table} t where ${isTopic}t.n = any($1::bigint[]) for update`, [numbersOf([id])]);
      return row && toStored(row);
    },
    async readByRefsForUpdate(tx, source, refs) {
      const rows = await tx.query(`select ${selects} from ${table} t where ${isTopic}t.source = $1 and t.ref = any($2) order by t.n for update`, [source, refs]);
      return rows.map(toStored);
    },
    async nextIds(tx, count) {
      if (count === 0) return [];
      const rows = await tx.query<{ n: number }>(`select nextval('${table}_n_seq') as n from generate_series(1, $1)`, [count]);
      return rows.map(({ n }) => idOf(n));
    },
    async insert(tx, things) {
      if (things.length > 0) await tx.query(insertion, [JSON.stringify(things.map(toRecord))]);
    },
    async update(tx, things) {
      if (things.length > 0) await tx.query(change, [JSON.stringify(things.map(toRecord))]);
    },
  };
}
