import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Minutes, TraceAnswer } from '#contract/meeting.ts';
import type { Responsible } from '#contract/topics/case.ts';
import type { DirectiveState, NewDirective } from '#contract/topics/directive.ts';
import { agendaOf } from '../../domain/meeting/agenda.ts';
import type { DirectivesPort } from '../../domain/ports/directives.ts';
import type { DoorPort, Source } from '../../domain/ports/door.ts';
import { promisesOf } from '../../domain/red-case/promises.ts';
import { sees, type Scope } from '../../domain/scope.ts';
import type { OrganisationUnit } from '../../domain/units/units.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import { createConditions } from '../collections/conditions.ts';
import { StoreUnavailable } from '../engine/errors.ts';
import { COLUMNS, idOf, type Kept } from '../escalation/rows.ts';
import { assignmentNumberOf, peopleOfAssignments, writeAssignmentPerson } from '../red/assignmentPeople.ts';
import { findResponsible } from '../red/people.ts';
import type { RedEngine } from '../red/red.ts';
import { caseTable } from '../topics/case.ts';
import { directiveTable } from '../topics/directive.ts';
import { redStatusTable } from '../topics/redStatus.ts';
import type { Thing, ThingTable } from '../topics/thingTable.ts';
import { type Bench, changeOf, createDesk, OWN_SOURCE, type UnitCatalogue, type WorkDeps } from '../work/desk.ts';
import { createCampaigns } from './campaigns.ts';

/** Assignments that come from minutes. */
const MINUTES: Source = { id: OWN_SOURCE, name: 'Kết luận giao ban', topics: ['assignment'], provenance: 'manual' };

export interface DirectiveDeps extends WorkDeps {
  units: UnitCatalogue & { get(code: string): OrganisationUnit | undefined };
  door: DoorPort;
  red: Pick<RedEngine, 'catchUp'>;
  tickMs?: number | undefined;
}

interface TraceRow {
  id: string;
  title: string;
  unit: string | null;
  dueAt: number;
  level: string;
  progress: number | null;
  number: string | null;
}

/** Builds what follows from directives: assignments, campaigns, the weekly meeting. */
export function createDirectives(deps: DirectiveDeps): DirectivesPort & Closable & { count(): Promise<void> } {
  const { engine, clock, units, door, red } = deps;
  const desk = createDesk(deps);
  const campaigns = createCampaigns({ ...deps, desk });
  const nameOf = (code: string | null) => (code === null ? '' : (units.get(code)?.fullName ?? code));
  const rows = async <State extends Thing>(table: ThingTable<State>, scope: Scope, condition: string): Promise<State[]> => {
    const conditions = createConditions(scope, 't');
    conditions.add(condition);
    return (await engine.query(`select ${table.selects} from ${table.table} t where ${conditions.where()} order by t.n`, conditions.params())).map(table.toState);
  };
  const answer = async <T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof StoreUnavailable) return refused('STORE_UNAVAILABLE');
      throw error;
    }
  };

  async function newDirective({ tx, now, actor }: Bench, { number, attachments = [], unit, ...said }: NewDirective): Promise<Outcome<DirectiveState>> {
    const written = number.trim();
    if (unit !== undefined && !units.has(unit)) return refused('INGEST_UNIT', { pointer: '/unit' });
    const [known] = await tx.query('select n from directive where number = $1', [written]);
    if (known) return refused('STATE_CONFLICT', { pointer: '/number' });
    const [id = ''] = await directiveTable.nextIds(tx, 1);
    return okay({ id, ref: id, source: OWN_SOURCE, unit: unit ?? null, ward: null, number: written, ...said, attachments, enteredBy: actor.name, updatedAt: now, provenance: 'manual' });
  }

  /** The persons that conclusions name, in their order. Fails: CASE_PERSON with the conclusion. */
  const personsOf = (conclusions: Minutes['conclusions']): Promise<Outcome<(Responsible | null)[]>> =>
    engine.tx(async (tx) => {
      const named: (Responsible | null)[] = [];
      for (const [place, { responsible, unit }] of conclusions.entries()) {
        const found = responsible === undefined ? okay(null) : await findResponsible({ tx, units }, responsible, unit);
        if (!found.ok) return refused('CASE_PERSON', { pointer: `/conclusions/${place}/responsible` });
        named.push(found.value);
      }
      return okay(named);
    });

  return {
    ...campaigns,
    add: (directive, { principal }) =>
      desk.perform('directive.add', principal, async (bench) => {
        const made = await newDirective(bench, directive);
        return made.ok ? okay({ reply: made.value, changes: [changeOf(directiveTable, undefined, made.value)], words: made.value.number }) : made;
      }),
    trace: (scope) =>
      answer(async () => {
        const conditions = createConditions(scope, 'r');
        conditions.add(`r.topic = 'assignment'`);
        const found = await engine.query<TraceRow>(
          `select 'as-' || r.n as id, r."values" ->> 'title' as title, r.unit, (r."values" ->> 'dueAt')::bigint as "dueAt", r."values" ->> 'directive' as number,
             coalesce(s.level, 'grey') as level, coalesce(s.progress, (r."values" ->> 'progress')::integer) as progress
           from record r left join red_status s on s.ref = 'assignment/as-' || r.n where ${conditions.where()} order by r.n`, conditions.params(),
        );
        const byNumber = Map.groupBy(found, ({ number }) => number?.trim() || null);
        const people = await peopleOfAssignments(engine);
        const shown = (list: readonly TraceRow[] | undefined) => (list ?? []).map(({ number: _number, ...one }) => ({ ...one, unitName: nameOf(one.unit), responsible: people.get(one.id) ?? null }));
        const known = (await engine.query(`select ${directiveTable.selects} from directive t order by t.issued_on desc, t.n desc`)).map(directiveTable.toState);
        const directives = known.map(({ id, number, title, issuedOn }) => ({ id, number, title, issuedOn, assignments: shown(byNumber.get(number)) }));
        const numbers = new Set(known.map(({ number }) => number));
        const unknown = [...byNumber].flatMap(([number, list]) => (number !== null && !numbers.has(number) ? [{ number, assignments: shown(list) }] : []));
        return okay<TraceAnswer>({ directives, unknown, untraced: shown(byNumber.get(null)) });
      }),
    agenda: (scope) =>
      answer(async () => {
        await red.catchUp();
        const now = clock.now();
        const cases = await rows(caseTable, scope, `t.state <> 'closed'`);
        const statuses = await rows(redStatusTable, scope, `t.level = 'red' or t.reason = 'blocked'`);
        const escalated = (await engine.query<Kept>(`select ${COLUMNS} from escalation where answered_at is null order by n`)).filter(({ unit, ward }) => sees(scope, unit, ward)).map((one) => ({ ...one, id: idOf(one.n) }));
        return okay({ at: now, items: agendaOf({ statuses, cases, escalated, broken: promisesOf(cases, now).filter(({ state }) => state === 'broken'), nameOf }, now) });
      }),
    minutes: ({ number, title, heldOn, issuer, conclusions }, scope) =>
      answer(async () => {
        const stranger = conclusions.findIndex(({ unit }) => !units.has(unit));
        if (stranger >= 0) return refused('INGEST_UNIT', { pointer: `/conclusions/${stranger}/unit` });
        const past = conclusions.findIndex(({ dueAt }) => dueAt <= clock.now());
        if (past >= 0) return refused('REQUEST_BODY', { pointer: `/conclusions/${past}/dueAt` });
        const named = await personsOf(conclusions);
        if (!named.ok) return named;
        const kept = await desk.perform('meeting.minutes', scope.principal, async (bench) => {
          const made = await newDirective(bench, { number, kind: 'minutes', issuedOn: heldOn, issuer, title });
          return made.ok ? okay({ reply: made.value, changes: [changeOf(directiveTable, undefined, made.value)], words: title }) : made;
        });
        if (!kept.ok) return kept;
        const at = clock.now();
        const items = conclusions.map(({ unit, title: asked, dueAt }, place) => ({ key: `${kept.value.id}/${place + 1}`, at, unit, title: asked.trim(), directive: kept.value.number, dueAt, startAt: at, progress: 0 }));
        const taken = await door.ingest(MINUTES, 'assignment', items);
        if (!taken.ok) return taken;
        await engine.tx(async (tx) => {
          for (const [place, { id }] of taken.value.results.entries()) {
            const [number, person] = [assignmentNumberOf(id ?? ''), named.value[place]];
            if (number !== undefined && person) await writeAssignmentPerson(tx, number, person, { name: scope.principal.name, at });
          }
        });
        return okay({ directive: kept.value.id, assignments: taken.value.results.flatMap(({ id }) => (id === undefined ? [] : [id])) });
      }),
    beginCampaign: campaigns.beginCampaign,
    accountable: (campaign, scope) => answer(() => campaigns.accountable(campaign, scope)),
  };
}
