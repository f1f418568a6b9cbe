import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { ProcedureRun } from '#contract/procedure.ts';
import type { Principal } from '#contract/roles.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import { rightToOperate, rightToWork } from '../../domain/handling-request/rights.ts';
import { progressOf, skipStep, startRun, tickStep } from '../../domain/procedure/run.ts';
import type { CommandHandlers } from '../../domain/ports/work.ts';
import { noteUses } from '../attachments/uses.ts';
import { alertTable } from '../topics/alert.ts';
import type { Stored } from '../topics/thingTable.ts';
import { type Bench, changeOf, createDesk, refusalOf, type WorkDeps } from '../work/desk.ts';
import { inForce } from './procedures.ts';

const PREFIX = 'pr-';
const numberOf = (run: string) => (/^pr-[1-9]\d{0,14}$/.test(run) ? Number(run.slice(PREFIX.length)) : 0);

interface Locked {
  run: ProcedureRun;
  alert: Stored<AlertState>;
}

/** The alert first, then its run: the order of every lock. */
async function lock(bench: Bench, id: string, rightOf: typeof rightToWork): Promise<Outcome<Locked>> {
  const [glance] = await bench.tx.query<{ alert: string }>('select alert from procedure_run where n = $1', [numberOf(id)]);
  const alert = glance && (await alertTable.readForUpdate(bench.tx, glance.alert));
  if (!alert) return refused('NOT_FOUND');
  const refusal = refusalOf(rightOf(bench.scope, alert.state));
  if (refusal) return refusal;
  const [row] = await bench.tx.query<{ body: ProcedureRun }>('select body from procedure_run where n = $1 for update', [numberOf(id)]);
  return row ? okay({ run: row.body, alert }) : refused('NOT_FOUND');
}

const withProgress = (alert: Stored<AlertState>, run: ProcedureRun, now: number) =>
  changeOf(alertTable, alert, { ...alert.state, procedure: progressOf(run), updatedAt: Math.max(now, alert.state.updatedAt) });

/** Commands that carry a procedure out; every step shows on its alert at once. */
export function procedureCommands(deps: WorkDeps): CommandHandlers {
  const desk = createDesk(deps);
  const step = (name: string, actor: Principal, id: string, words: string | undefined, rightOf: typeof rightToWork, rule: (run: ProcedureRun, now: number) => Outcome<ProcedureRun>) =>
    desk.perform(name, actor, async (bench) => {
      const locked = await lock(bench, id, rightOf);
      if (!locked.ok) return locked;
      const { run, alert } = locked.value;
      const stepped = rule(run, bench.now);
      if (!stepped.ok) return stepped;
      if (stepped.value === run) return okay({ reply: run, changes: [] });
      await bench.tx.query('update procedure_run set body = $2, ended_at = $3 where n = $1', [numberOf(id), JSON.stringify(stepped.value), stepped.value.endedAt]);
      await noteUses(bench.tx, [{ thing: alert.state.id, unit: alert.state.unit, ward: alert.state.ward, text: JSON.stringify(stepped.value) }]);
      return okay({ reply: stepped.value, changes: [withProgress(alert, stepped.value, bench.now)], words });
    });
  return {
    'procedure.start': (actor, { alert: id, code }) =>
      desk.perform('procedure.start', actor, async ({ tx, now, scope }) => {
        const alert = await alertTable.readForUpdate(tx, id);
        if (!alert) return refused('NOT_FOUND');
        const refusal = refusalOf(rightToOperate(scope, alert.state));
        if (refusal) return refusal;
        const procedure = await inForce(tx, code);
        if (!procedure?.kinds.includes(alert.state.kind)) return refused('PROCEDURE_UNKNOWN', { pointer: '/code' });
        const [running] = await tx.query<{ body: ProcedureRun }>('select body from procedure_run where alert = $1 and ended_at is null', [id]);
        if (running) return running.body.code === code ? okay({ reply: running.body, changes: [] }) : refused('STATE_STEP');
        const [next] = await tx.query<{ n: number }>(`select nextval(pg_get_serial_sequence('procedure_run', 'n')) as n`);
        const run = startRun(procedure, { id: `${PREFIX}${next?.n}`, alert: id, by: actor.name, at: now });
        await tx.query('insert into procedure_run (n, alert, code, version, ended_at, body) overriding system value values ($1, $2, $3, $4, $5, $6)', [
          next?.n, id, code, procedure.version, run.endedAt, JSON.stringify(run),
        ]);
        return okay({ reply: run, changes: [withProgress(alert, run, now)], words: procedure.title });
      }),
    'procedure.tick': (actor, { run, ...tick }) =>
      step('procedure.tick', actor, run, tick.note, rightToWork, (state, at) => tickStep(state, { ...tick, by: actor.name, at })),
    'procedure.skip': (actor, { run, step: id, reason }) =>
      step('procedure.skip', actor, run, reason, rightToOperate, (state, at) => skipStep(state, { step: id, reason, by: actor.name, at })),
  };
}
