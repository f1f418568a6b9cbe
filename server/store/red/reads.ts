import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { AskedObstacle, CaseHistory, CatalogueIndicator, IndicatorValueRow } from '#contract/red.ts';
import type { CaseState } from '#contract/topics/case.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import type { RedStatusState } from '#contract/topics/redStatus.ts';
import { inForce, type Indicator, targetAt } from '../../domain/indicator/catalogue.ts';
import { answerOf, type DataSet } from '../../domain/red-case/dataSet.ts';
import type { RedPort } from '../../domain/ports/red.ts';
import { boardOf } from '../../domain/red-case/board.ts';
import { movementOf, type RedEpisode } from '../../domain/red-case/movement.ts';
import { caseDues, dayOf, type Due, remind, reportsDue, requestDues, statusDues } from '../../domain/red-case/obligations.ts';
import { contradictionsOf, monthOf, promiseMonths, promisesDue, promisesOf } from '../../domain/red-case/promises.ts';
import { type Scope, sees } from '../../domain/scope.ts';
import type { Units } from '../../domain/units/units.ts';
import type { Clock } from '../../kernel/clock.ts';
import { createConditions } from '../collections/conditions.ts';
import type { Engine } from '../engine/engine.ts';
import { StoreUnavailable } from '../engine/errors.ts';
import { caseTable } from '../topics/case.ts';
import { handlingRequestTable } from '../topics/handlingRequest.ts';
import { redStatusTable } from '../topics/redStatus.ts';
import type { Thing, ThingTable } from '../topics/thingTable.ts';
import { peopleOfAssignments } from './assignmentPeople.ts';
import { peopleOf } from './people.ts';
import type { RedEngine } from './red.ts';

const DAY_MS = 86_400_000;
/** What a calendar shows when nobody names a time. */
const BACK_MS = 90 * DAY_MS;
const AHEAD_MS = 31 * DAY_MS;

/** Rows behind one indicator that are told at once. */
const MOST_VALUES = 2000;
const VALUE_ROWS = `
  select v.unit, v.period, v.revision, v.value, v.at, v.received_at as "receivedAt", v.provenance, v.source, v.record,
    row_number() over (partition by v.unit, v.period order by v.at desc, v.revision desc) = 1 as "isInForce"
  from indicator_value v
  where v.code = $1 and ($2::text is null or v.unit = $2) and ($3::text is null or v.period = $3) and ($4::text[] is null or v.unit = any($4))
  order by v.period desc, v.unit, v.at desc, v.revision desc limit $5`;

export interface RedReadsDeps {
  engine: Engine;
  clock: Clock;
  units: Pick<Units, 'get' | 'subtree'>;
  red: Pick<RedEngine, 'catalogue' | 'catchUp'>;
  dataSets: readonly DataSet[];
}

/** Reads of ĐỎ. */
export function createRedReads({ engine, clock, units, red, dataSets }: RedReadsDeps): RedPort {
  const rows = async <State extends Thing>(table: ThingTable<State>, scope: Scope, condition: string, ...values: unknown[]): Promise<State[]> => {
    const conditions = createConditions(scope, 't');
    conditions.add(condition, ...values);
    return (await engine.query(`select ${table.selects} from ${table.table} t where ${conditions.where()} order by t.n`, conditions.params())).map(table.toState);
  };
  const statusesOf = (scope: Scope) => rows<RedStatusState>(redStatusTable, scope, `t.level = 'red' or t.is_low`);
  const casesOf = (scope: Scope) => rows<CaseState>(caseTable, scope, `t.state <> 'closed' or t.reading ->> 'level' = 'red'`);
  const requestsOf = (scope: Scope) => rows<HandlingRequestState>(handlingRequestTable, scope, `t.rehearsal is null and ${handlingRequestTable.matters}`);
  /** Reports that fall due while the product is there and were not sent. */
  const reportsOwed = async (from: number, to: number): Promise<Due[]> => {
    const sent = await engine.query<{ kind: string; dueAt: number }>(`select kind || '-report' as kind, (body ->> 'dueAt')::bigint as "dueAt" from report where state = 'sent' and unit is null and (body ->> 'dueAt')::bigint between $1 and $2`, [from, to]);
    const [known] = await engine.query<{ since: number | null }>('select min(loaded_at) as since from indicator_catalogue');
    const isSent = ({ kind, dueAt }: Due) => sent.some((one) => one.dueAt === dueAt && (one.kind === kind || (one.kind === 'monthly-red-report' && kind === 'monthly-report')));
    return reportsDue(from, to).filter((due) => due.dueAt > (known?.since ?? 0) && !isSent(due));
  };
  const duesOf = async (scope: Scope, cases: readonly CaseState[], from: number, to: number): Promise<Due[]> => [
    ...(await reportsOwed(from, to)),
    ...caseDues(cases),
    ...requestDues(await requestsOf(scope)),
    ...statusDues(await rows<RedStatusState>(redStatusTable, scope, 'true'), red.catalogue().indicators),
  ];
  const answer = async <T>(work: (now: number) => Promise<Outcome<T>>): Promise<Outcome<T>> => {
    try {
      await red.catchUp();
      return await work(clock.now());
    } catch (error) {
      if (error instanceof StoreUnavailable) return refused('STORE_UNAVAILABLE');
      throw error;
    }
  };
  const dataSet = (id: string) => dataSets.find((one) => one.id === id);

  return {
    catalogue: ({ service, code, unit }, scope) =>
      answer(async (now) => {
        const { version, indicators } = red.catalogue();
        const codes = unit === undefined ? null : [unit, ...units.subtree(unit)];
        const statuses = await rows<RedStatusState>(redStatusTable, scope, `t.subject ->> 'topic' = 'indicator' and (?::text[] is null or t.unit = any(?))`, codes, codes);
        const byCode = Map.groupBy(statuses, ({ subject }) => subject.code);
        const shown = [...indicators.values()].filter((one) => (service === undefined || one.service === service) && (code === undefined || one.code === code));
        return okay({ version, at: now, items: shown.map((one) => describe(one, byCode.get(one.code) ?? [], unit, now)) });
      }),

    values: ({ code, unit, period }, scope) =>
      answer(async (now) => {
        if (!red.catalogue().indicators.has(code)) return refused('NOT_FOUND', { pointer: '/code' });
        const items = await engine.query<IndicatorValueRow>(VALUE_ROWS, [code, unit ?? null, period ?? null, scope.units === null ? null : [...scope.units], MOST_VALUES + 1]);
        return okay({ code, at: now, isCut: items.length > MOST_VALUES, items: items.slice(0, MOST_VALUES) });
      }),

    board: (scope) =>
      answer(async (now) => {
        const [statuses, cases] = [await statusesOf(scope), await casesOf(scope)];
        const today = dayOf(now);
        const due = remind(await duesOf(scope, cases, today.from, today.to), now).filter(({ dueAt }) => dueAt >= today.from && dueAt < today.to);
        const open = cases.filter(({ state }) => state !== 'closed');
        return okay({
          at: now,
          redCount: statuses.filter(({ level }) => level === 'red').length,
          lowCount: statuses.filter(({ isLow }) => isLow).length,
          openCases: open.length,
          units: boardOf(statuses, { cases: new Map(cases.map((one) => [one.statusId, one])), people: await peopleOfAssignments(engine), nameOf: (unit) => units.get(unit)?.fullName ?? unit }, now),
          low: statuses.filter(({ isLow }) => isLow),
          today: due,
          broken: promisesOf(open, now).filter(({ state }) => state === 'broken'),
          contradictions: contradictionsOf(cases),
        });
      }),

    my: (scope) =>
      answer(async (now) => {
        const [statuses, cases] = [await statusesOf(scope), await casesOf(scope)];
        const open = cases.filter(({ state }) => state !== 'closed');
        return okay({
          at: now,
          reds: statuses.filter(({ level }) => level === 'red').sort((a, b) => (a.redSince ?? 0) - (b.redSince ?? 0)),
          low: statuses.filter(({ isLow }) => isLow),
          cases,
          promises: promisesOf(open, now),
          asked: await askedOf(scope),
          obligations: remind((await duesOf(scope, cases, now, now + AHEAD_MS)).filter(({ dueAt }) => dueAt <= now + AHEAD_MS), now),
          people: await peopleOf(engine, scope),
        });
      }),

    promises: ({ unit, month }, scope) =>
      answer(async (now) => {
        const codes = unit === undefined ? null : [unit, ...units.subtree(unit)];
        const made = promisesOf(await rows<CaseState>(caseTable, scope, `t.milestones <> '[]' and (?::text[] is null or t.unit = any(?))`, codes, codes), now);
        return okay({ at: now, months: promiseMonths(made), items: month === undefined ? made : made.filter(({ milestone }) => monthOf(milestone.dueAt) === month) });
      }),

    obligations: ({ from, to, unit, dataSet: set }, scope) =>
      answer(async (now) => {
        const chosen = set === undefined ? undefined : dataSet(set);
        if (set !== undefined && !chosen) return refused('NOT_FOUND', { pointer: '/dataSet' });
        if (chosen) return okay({ at: now, items: answerOf(chosen, now).obligations.filter(({ dueAt }) => dueAt >= (from ?? 0) && dueAt <= (to ?? Infinity)) });
        const [begin, end] = [from ?? now - BACK_MS, to ?? now + AHEAD_MS];
        const codes = unit === undefined ? undefined : new Set([unit, ...units.subtree(unit)]);
        const dues = await duesOf(scope, await casesOf(scope), begin, end);
        return okay({ at: now, items: remind(dues.filter((due) => due.dueAt >= begin && due.dueAt <= end && (!codes || (due.unit !== null && codes.has(due.unit)))), now) });
      }),

    movement: (from, to, scope) =>
      answer(async (now) => {
        const until = Math.min(to, now);
        const episodes = await engine.query<RedEpisode>(
          `select ref, unit, title, began_at as "beganAt", ended_at as "endedAt" from red_episode where began_at <= $1 and (ended_at is null or ended_at > $2) order by n`, [until, from],
        );
        const seen = episodes.filter(({ unit }) => sees(scope, unit, null));
        const cases = await rows<CaseState>(caseTable, scope, 'true');
        return okay({ from, to: until, ...movementOf(seen, from, until), ...promisesDue(cases, from, until) });
      }),

    history: (caseId, scope) =>
      answer(async () => {
        const [found] = await caseTable.read(engine, [caseId]);
        if (!found || !sees(scope, found.state.unit, found.state.ward)) return refused('NOT_FOUND');
        const items = await engine.query<CaseHistory['items'][number]>('select at, act, actor, actor_name as "actorName", words, rev from work_act where thing = $1 order by n', [caseId]);
        return okay({ items });
      }),

    dataSets: () => dataSets.map(({ id, name }) => ({ id, name })),
    dataSet(id) {
      const found = dataSet(id);
      return found ? okay(answerOf(found, clock.now())) : refused('NOT_FOUND');
    },
  };

  /** What other units ask of the scope's: nothing else of their cases. */
  async function askedOf(scope: Scope): Promise<AskedObstacle[]> {
    const found = await engine.query(
      `select ${caseTable.selects} from red_case t where t.state <> 'closed' and exists (
         select 1 from jsonb_array_elements(t.obstacles) o where o ->> 'answeredAt' is null and ($1::text[] is null or o ->> 'unit' = any($1))) order by t.n`,
      [scope.units === null ? null : [...scope.units]],
    );
    return found.map(caseTable.toState).flatMap(({ id, unit, title, obstacles }) =>
      obstacles.filter((one) => one.answeredAt === null && sees(scope, one.unit, null)).map((obstacle) => ({ caseId: id, fromUnit: unit, title, obstacle })),
    );
  }
}

function describe(indicator: Indicator, statuses: RedStatusState[], unit: string | undefined, now: number): CatalogueIndicator {
  const { code, service, name, unitOfMeasure, direction, period, accumulates, goal, ownerKind, source, legalBasis, formula, rules } = indicator;
  const rule = inForce(rules, now) ?? rules.at(-1)!;
  return {
    code, service, name, unitOfMeasure, direction, period, accumulates, goal, ownerKind, source, legalBasis,
    formula: formula === null ? null : { ...formula },
    rule: { id: rule.id, red: rule.red, amber: rule.amber, low: rule.low },
    target: targetAt(indicator, unit ?? '', now)?.value ?? null,
    statuses,
  };
}
