import type pg from 'pg';
import type { Engine, Queryable } from '../engine/engine.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LOCK = `hashtextextended('telemetry partitions', 0)`;

/** How long rows of a table live, and how much time one partition holds: what has passed goes with its partition, not row by row. Units: ms. */
interface Keeping {
  spanMs: number;
  lifeMs: number;
  aheadMs: number;
}

const KEPT = {
  telemetry_keyframe: { spanMs: 6 * HOUR_MS, lifeMs: DAY_MS, aheadMs: 2 * DAY_MS },
  sensor_history: { spanMs: 30 * DAY_MS, lifeMs: 400 * DAY_MS, aheadMs: 8 * DAY_MS },
  traffic_history: { spanMs: 30 * DAY_MS, lifeMs: 400 * DAY_MS, aheadMs: 8 * DAY_MS },
} as const satisfies Readonly<Record<string, Keeping>>;

export type KeptTable = keyof typeof KEPT;
const TABLES = Object.keys(KEPT) as KeptTable[];

/** `until` is null for what is no partition any more. Units: ms, by the clock of the rows. */
interface Partition {
  name: string;
  until: number | null;
  isGoing: boolean;
}

const bound = (word: string) => `(regexp_match(pg_get_expr(c.relpartbound, c.oid), '${word} \\(''(-?\\d+)''\\)'))[1]::bigint`;
const COVERED = `
  select 1 from pg_inherits i join pg_class c on c.oid = i.inhrelid
  where i.inhparent = $1::text::regclass and coalesce(${bound('FROM')}, $2) <= $2 and ${bound('TO')} > $2`;
/** Partitions, and tables that were one until a removal was broken off. */
const LIST = `
  select c.relname as name, ${bound('TO')} as until, coalesce(i.inhdetachpending, false) as "isGoing"
  from pg_class c left join pg_inherits i on i.inhrelid = c.oid and i.inhparent = $1::text::regclass
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and (i.inhparent is not null or not c.relispartition and c.relname ~ ('^' || $1::text || '_(\\d{10}|before)$'))
  order by c.relname`;

export interface Partitions {
  /** Makes room for rows of these moments. Nobody who writes waits for it. */
  open(table: KeptTable, moments: readonly number[]): Promise<void>;
  /** Whether a row of that moment is kept at all: neither past its life nor farther ahead than anybody measures. */
  isKept(table: KeptTable, at: number, now: number): boolean;
  /** Opens what is needed soon and removes what is past its life. Returns the names of what was removed; nothing while another server does it. */
  turn(now: number): Promise<string[]>;
  /** What was known of the store may be wrong. */
  doubt(): void;
}

export function createPartitions(engine: Engine): Partitions {
  const known = new Set<string>();
  const startOf = (table: KeptTable, at: number) => Math.floor(at / KEPT[table].spanMs) * KEPT[table].spanMs;

  /** A table of its own is attached, because making a partition outright would lock out those who write. */
  const make = (table: KeptTable, start: number) =>
    engine.tx(async (tx) => {
      await tx.query(`select pg_advisory_xact_lock(${LOCK})`);
      if (await isCovered(tx, table, start)) return;
      const name = `${table}_${new Date(start).toISOString().slice(0, 13).replace(/\D/g, '')}`;
      await tx.query(`create table ${name} (like ${table} including all)`);
      await tx.query(`alter table ${table} attach partition ${name} for values from (${start}) to (${start + KEPT[table].spanMs})`);
    });
  const open = async (table: KeptTable, moments: readonly number[]) => {
    for (const start of new Set(moments.map((at) => startOf(table, at)))) {
      if (known.has(`${table} ${start}`)) continue;
      await make(table, start);
      known.add(`${table} ${start}`);
    }
  };

  const remove = async (client: pg.ClientBase, table: KeptTable, before: number): Promise<string[]> => {
    const gone: string[] = [];
    const { rows } = await client.query<Partition>(LIST, [table]);
    for (const { name, until, isGoing } of rows) {
      if (until !== null && until > before && !isGoing) continue;
      if (isGoing) await client.query(`alter table ${table} detach partition ${name} finalize`);
      else if (until !== null) await client.query(`alter table ${table} detach partition ${name}${engine.kind === 'postgres' ? ' concurrently' : ''}`);
      await client.query(`drop table ${name}`);
      gone.push(name);
    }
    if (gone.length > 0) known.clear();
    return gone;
  };

  return {
    open,
    isKept: (table, at, now) => at >= now - KEPT[table].lifeMs && at < now + KEPT[table].aheadMs,
    async turn(now) {
      for (const table of TABLES) await open(table, [now, now + KEPT[table].spanMs]);
      return engine.session(async (client) => {
        const { rows } = await client.query<{ isMine: boolean }>(`select pg_try_advisory_lock(${LOCK}) as "isMine"`);
        if (!rows[0]?.isMine) return [];
        try {
          const gone: string[] = [];
          for (const table of TABLES) gone.push(...(await remove(client, table, now - KEPT[table].lifeMs)));
          return gone;
        } finally {
          await client.query(`select pg_advisory_unlock(${LOCK})`);
        }
      });
    },
    doubt: () => known.clear(),
  };
}

async function isCovered(db: Queryable, table: KeptTable, start: number): Promise<boolean> {
  return (await db.query(COVERED, [table, start])).length > 0;
}
