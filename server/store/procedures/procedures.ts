import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Procedure, ProcedureRun, ProcedureText } from '#contract/procedure.ts';
import { AlertKind } from '#contract/topics/alert.ts';
import { checkProcedure } from '../../domain/procedure/check.ts';
import { moveProcedure } from '../../domain/procedure/life.ts';
import type { ProceduresPort } from '../../domain/ports/procedures.ts';
import { sees } from '../../domain/scope.ts';
import type { Clock } from '../../kernel/clock.ts';
import { appendAudit } from '../accounts/audit.ts';
import type { Engine, Queryable, Tx } from '../engine/engine.ts';
import { StoreUnavailable } from '../engine/errors.ts';
import { alertTable } from '../topics/alert.ts';
import { readShipped } from './shipped.ts';

interface ProcedureRow {
  body: ProcedureText;
  version: number;
  state: Procedure['state'];
  changedAt: number;
  changedBy: string;
  reason: string | null;
}

const SELECT = `select body, version, state, changed_at as "changedAt", changed_by as "changedBy", reason from procedure`;
const KINDS = AlertKind.anyOf.map(({ const: kind }) => kind);
const procedureOf = ({ body, ...row }: ProcedureRow): Procedure => ({ ...body, ...row });

/** The version of a code that is in force, or undefined. */
export async function inForce(db: Queryable, code: string): Promise<Procedure | undefined> {
  const [row] = await db.query<ProcedureRow>(`${SELECT} where code = $1 and state = 'in-force'`, [code]);
  return row && procedureOf(row);
}

async function write(tx: Tx, { code, title, kinds, basis, steps, ...row }: Procedure): Promise<void> {
  await tx.query(
    `insert into procedure (code, version, state, body, changed_at, changed_by, reason) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (code, version) do update set state = excluded.state, body = excluded.body, changed_at = excluded.changed_at, changed_by = excluded.changed_by, reason = excluded.reason`,
    [code, row.version, row.state, JSON.stringify({ code, title, kinds, basis, steps }), row.changedAt, row.changedBy, row.reason],
  );
}

/** Opens the procedures; those that come with the product are in force from the first start on, and left alone afterwards. */
export async function createProcedures({ engine, clock }: { engine: Engine; clock: Pick<Clock, 'now'> }): Promise<ProceduresPort> {
  await engine.tx(async (tx) => {
    const known = new Set((await tx.query<{ code: string }>('select distinct code from procedure')).map(({ code }) => code));
    for (const text of readShipped()) {
      if (!known.has(text.code)) await write(tx, { ...text, version: 1, state: 'in-force', changedAt: clock.now(), changedBy: 'Bản kèm sản phẩm', reason: null });
    }
  });

  const guarded = async <T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof StoreUnavailable) return refused('STORE_UNAVAILABLE');
      throw error;
    }
  };
  const list = async () => (await engine.query<ProcedureRow>(`${SELECT} order by code, version desc`)).map(procedureOf);

  return {
    list: () => guarded(async () => okay(await list())),
    coverage: () =>
      guarded(async () => {
        const active = (await list()).filter(({ state }) => state === 'in-force');
        return okay(KINDS.map((kind) => ({ kind, inForce: active.filter(({ kinds }) => kinds.includes(kind)).map(({ code }) => code) })));
      }),
    draft: (actor, sent) =>
      guarded(async () => {
        const checked = checkProcedure(sent);
        if (!checked.ok) return checked;
        return engine.tx(async (tx) => {
          const { code } = checked.value;
          const versions = await tx.query<{ version: number; state: string }>('select version, state from procedure where code = $1 order by version desc for update', [code]);
          const [newest] = versions;
          const version = newest?.state === 'draft' ? newest.version : (newest?.version ?? 0) + 1;
          const procedure: Procedure = { ...checked.value, version, state: 'draft', changedAt: clock.now(), changedBy: actor.name, reason: null };
          await write(tx, procedure);
          await appendAudit(tx, { actor: actor.id, action: 'procedure.draft', object: `${code}/${version}`, at: clock.now() });
          return okay(procedure);
        });
      }),
    move: (actor, code, version, to, reason) =>
      guarded(() =>
        engine.tx<Outcome<Procedure>>(async (tx) => {
          const rows = await tx.query<ProcedureRow>(`${SELECT} where code = $1 order by version for update`, [code]);
          const row = rows.find((each) => each.version === version);
          if (!row) return refused('NOT_FOUND');
          const at = clock.now();
          const moved = moveProcedure(procedureOf(row), { to, by: actor.name, at, reason });
          if (!moved.ok) return moved;
          const before = to === 'in-force' ? rows.find((each) => each.state === 'in-force' && each.version !== version) : undefined;
          if (before) await write(tx, { ...procedureOf(before), state: 'withdrawn', changedAt: at, changedBy: actor.name, reason: `Thay bằng bản ${version}` });
          await write(tx, moved.value);
          await appendAudit(tx, { actor: actor.id, action: `procedure.${to}`, object: `${code}/${version}`, at });
          return moved;
        }),
      ),
    runs: (scope, alert) =>
      guarded(async () => {
        const [stored] = await alertTable.read(engine, [alert]);
        if (!stored || !sees(scope, stored.state.unit, stored.state.ward)) return refused('NOT_FOUND');
        const rows = await engine.query<{ body: ProcedureRun }>('select body from procedure_run where alert = $1 order by n desc', [alert]);
        return okay(rows.map(({ body }) => body));
      }),
  };
}
