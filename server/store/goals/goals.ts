import { okay, refused } from '#contract/faults.ts';
import type { GoalTarget } from '#contract/goal.ts';
import type { RedStatusState } from '#contract/topics/redStatus.ts';
import type { Indicator } from '../../domain/indicator/catalogue.ts';
import { goalTree } from '../../domain/indicator/goals.ts';
import type { GoalsPort } from '../../domain/ports/goals.ts';
import type { Scope } from '../../domain/scope.ts';
import type { OrganisationUnit } from '../../domain/units/units.ts';
import type { Clock } from '../../kernel/clock.ts';
import { appendAudit } from '../accounts/audit.ts';
import { createConditions } from '../collections/conditions.ts';
import type { Engine, Tx } from '../engine/engine.ts';
import type { RedEngine } from '../red/red.ts';
import { guarded } from '../work/guarded.ts';
import { readSetTargets, type SetRow, targetNumberOf } from './targetRows.ts';

const DAY_MS = 86_400_000;
const ZONE_MS = 7 * 3_600_000;
const dayOf = (at: number) => new Date(at + ZONE_MS).toISOString().slice(0, 10);

export interface GoalDeps {
  engine: Engine;
  clock: Pick<Clock, 'now'>;
  units: { has(code: string): boolean; get(code: string): OrganisationUnit | undefined };
  red: Pick<RedEngine, 'catalogue' | 'retarget'>;
}

/** The tree of goals over the catalogue in force, and what people with the right change in it. */
export function createGoals({ engine, clock, units, red }: GoalDeps): GoalsPort {
  const nameOf = (code: string) => units.get(code)?.fullName ?? code;
  const audited = (scope: Scope, action: string, object: string, work: (tx: Tx, now: number) => Promise<unknown>) =>
    engine.tx(async (tx) => {
      const now = clock.now();
      await work(tx, now);
      await appendAudit(tx, { actor: scope.principal.id, action, object, at: now });
    });

  /** Every target that holds now or later, and where it stands. */
  const targetsOf = ({ targets, legalBasis }: Indicator, set: ReadonlyMap<string, SetRow>, now: number): GoalTarget[] =>
    [...targets].flatMap(([unit, list]) =>
      list.filter(({ untilAt }) => untilAt > now).map((one): GoalTarget => {
        const row = set.get(one.id);
        return {
          id: row?.id ?? null, unit: unit === '' ? null : unit, unitName: unit === '' ? null : nameOf(unit), value: one.value, from: dayOf(one.fromAt),
          until: Number.isFinite(one.untilAt) ? dayOf(one.untilAt - DAY_MS) : null, basis: row?.basis ?? legalBasis, setBy: row?.setBy ?? null,
        };
      }),
    );

  const tree: GoalsPort['tree'] = (scope) =>
    guarded(async () => {
      const now = clock.now();
      const conditions = createConditions(scope, 't');
      conditions.add(`t.subject ->> 'topic' = 'indicator'`);
      const rows = await engine.query<Pick<RedStatusState, 'level' | 'isLow' | 'achievement'> & { code: string }>(
        `select t.subject ->> 'code' as code, t.level, t.is_low as "isLow", t.achievement from red_status t where ${conditions.where()}`, conditions.params(),
      );
      const charges = new Map((await engine.query<{ goal: string; unit: string }>('select goal, unit from goal_charge')).map(({ goal, unit }) => [goal, { unit, name: nameOf(unit) }]));
      const set = new Map((await readSetTargets(engine)).map((row) => [row.id, row]));
      return okay({
        at: now,
        items: goalTree({ indicators: red.catalogue().indicators.values(), statuses: Map.groupBy(rows, ({ code }) => code), targetsOf: (one) => targetsOf(one, set, now), chargeOf: (goal) => charges.get(goal) }),
      });
    });

  return {
    tree,
    charge: (goal, unit, scope) =>
      guarded(async () => {
        if (![...red.catalogue().indicators.values()].some(({ goalCode }) => goalCode === goal)) return refused('NOT_FOUND');
        if (unit !== null && !units.has(unit)) return refused('INGEST_UNIT', { pointer: '/unit' });
        await audited(scope, 'goal.charge', `${goal} ${unit ?? '-'}`, (tx, now) =>
          unit === null
            ? tx.query('delete from goal_charge where goal = $1', [goal])
            : tx.query('insert into goal_charge (goal, unit, set_by_name, set_at) values ($1, $2, $3, $4) on conflict (goal) do update set unit = excluded.unit, set_by_name = excluded.set_by_name, set_at = excluded.set_at', [goal, unit, scope.principal.name, now]),
        );
        return tree(scope);
      }),
    set: ({ code, unit, value, from, until, basis }, scope) =>
      guarded(async () => {
        if (!red.catalogue().indicators.has(code)) return refused('NOT_FOUND', { pointer: '/code' });
        if (unit !== undefined && !units.has(unit)) return refused('INGEST_UNIT', { pointer: '/unit' });
        if (Number.isNaN(Date.parse(from))) return refused('REQUEST_BODY', { pointer: '/from' });
        if (until !== undefined && !(Date.parse(until) >= Date.parse(from))) return refused('REQUEST_BODY', { pointer: '/until' });
        await audited(scope, 'target.set', `${code} ${unit ?? '*'} ${value} ${from}`, (tx, now) =>
          tx.query('insert into indicator_target_set (code, unit, valid_from, valid_until, value, basis, set_by, set_by_name, set_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
            code, unit ?? '', from, until ?? null, value, basis.trim(), scope.principal.id, scope.principal.name, now,
          ]),
        );
        await red.retarget(code);
        return okay<GoalTarget>({ id: (await readSetTargets(engine)).findLast((row) => row.code === code)!.id, unit: unit ?? null, unitName: unit === undefined ? null : nameOf(unit), value, from, until: until ?? null, basis: basis.trim(), setBy: scope.principal.name });
      }),
    withdraw: (id, scope) =>
      guarded(async () => {
        const row = (await readSetTargets(engine)).find((one) => one.id === id);
        if (!row) return refused('NOT_FOUND');
        await audited(scope, 'target.withdraw', `${row.code} ${id}`, (tx, now) => tx.query('update indicator_target_set set withdrawn_at = $2 where n = $1 and withdrawn_at is null', [targetNumberOf(id), now]));
        await red.retarget(row.code);
        return tree(scope);
      }),
  };
}
