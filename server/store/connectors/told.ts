import type { ToldValues } from '../../domain/connector/tellBack.ts';
import type { Engine } from '../engine/engine.ts';

/** One assignment with what stands here of it, and the sign of what the other side was told last. */
export interface ToldThing {
  thing: string;
  values: ToldValues;
  sign: string | null;
}

/** What a connection has told back. */
export interface ToldBook {
  /** Assignments of the connection, or of everybody. */
  things(connector: string, scope: 'theirs' | 'all'): Promise<ToldThing[]>;
  note(connector: string, thing: string, sign: string, refused: string | null): Promise<void>;
}

const MOST = 20_000;
const STANDS = `
  select 'as-' || r.n as id, r.ref, r.unit, r."values" ->> 'title' as title, r."values" ->> 'directive' as directive, (r."values" ->> 'dueAt')::bigint as "dueAt",
    coalesce(s.progress, (r."values" ->> 'progress')::integer) as progress, coalesce((r."values" ->> 'done')::boolean, false) as done, r."values" ->> 'blocked' as blocked,
    s.level, s.red_since as "redSince", c.state as "caseState", c.cause, c.solution,
    coalesce(c.responsible ->> 'position' || ', ' || (c.responsible ->> 'name'), a.position || ', ' || a.name) as responsible, t.sign
  from record r
  left join red_status s on s.ref = 'assignment/as-' || r.n
  left join red_case c on 'rc-' || c.n = s.case_id and c.state <> 'closed'
  left join assignment_person p on p.assignment = r.n
  left join account a on a.id = p.account
  left join connector_told t on t.connector = $1 and t.thing = 'as-' || r.n
  where r.topic = 'assignment' and r.rehearsal is null and ($2 or r.source = $1) and ($2 is false or r.provenance <> 'simulated') order by r.n limit ${MOST}`;

type Row = Omit<ToldValues, 'unitName' | 'dueAt' | 'redSince'> & { id: string; unit: string | null; dueAt: number | null; redSince: number | null; sign: string | null };

/** Moments as an office system of Việt Nam reads them. */
const moment = (at: number | null): string | null => (at === null ? null : `${new Date(at + 7 * 3_600_000).toISOString().slice(0, 19)}+07:00`);

export function createToldBook({ engine, nameOf, now }: { engine: Engine; nameOf(unit: string): string; now(): number }): ToldBook {
  return {
    async things(connector, scope) {
      const rows = await engine.query<Row>(STANDS, [connector, scope === 'all']);
      return rows.map(({ sign, ...row }) => ({ thing: row.id, sign, values: { ...row, unitName: row.unit === null ? null : nameOf(row.unit), dueAt: moment(row.dueAt), redSince: moment(row.redSince) } }));
    },
    async note(connector, thing, sign, refused) {
      await engine.query(
        'insert into connector_told (connector, thing, sign, refused, told_at) values ($1, $2, $3, $4, $5) on conflict (connector, thing) do update set sign = excluded.sign, refused = excluded.refused, told_at = excluded.told_at',
        [connector, thing, sign, refused, now()],
      );
    },
  };
}
