import type { NoticeWays } from '../../domain/ports/notices.ts';
import type { Escalation } from '#contract/escalation.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { CaseState } from '#contract/topics/case.ts';
import type { RedStatusState } from '#contract/topics/redStatus.ts';
import { climbs, mayAnswer, mayRaise, nextStep, rungOf, type Step } from '../../domain/escalation/ladder.ts';
import { rightToWork } from '../../domain/handling-request/rights.ts';
import type { EscalationsPort } from '../../domain/ports/escalations.ts';
import { sees, wholeScope, type Scope } from '../../domain/scope.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import { accountNumberOf } from '../accounts/sessions.ts';
import type { Tx } from '../engine/engine.ts';
import { StoreConflict, StoreUnavailable } from '../engine/errors.ts';
import { readPeople, tellPeople } from '../notices/tell.ts';
import { caseTable } from '../topics/case.ts';
import { redStatusTable } from '../topics/redStatus.ts';
import { type Bench, type Change, changeOf, createDesk, refusalOf, type UnitCatalogue, type WorkDeps } from '../work/desk.ts';
import { guarded } from '../work/guarded.ts';
import { causeOf, COLUMNS, idOf, type Kept, numberOf, shownAs } from './rows.ts';

/** How often matters whose rung let its time pass are sent up. Units: ms, real time. */
const LOOK_MS = 15_000;
const MOST_SHOWN = 200;

export interface EscalationDeps extends WorkDeps {
  units: UnitCatalogue & { get(code: string): { fullName: string } | undefined };
  ways: NoticeWays;
  lookMs?: number | undefined;
}

/** Matters beyond the authority of a unit. Each act moves the thing it is about in the log, so that every screen follows. */
export interface Escalations extends EscalationsPort, Closable {
  /** Sends up what no one answered in time. Returns how many climbed. */
  climb(): Promise<number>;
  close(): Promise<void>;
}

/** The thing a matter is about, and how to move it in the log without changing what it says. */
interface About {
  title: string;
  unit: string | null;
  ward: string | null;
  provenance: Kept['provenance'];
  isOver: boolean;
  touch(now: number): Change;
}

export function createEscalations(deps: EscalationDeps): Escalations {
  const { engine, clock, log, units, ways, lookMs = LOOK_MS } = deps;
  const desk = createDesk(deps);
  const nameOf = (unit: string) => units.get(unit)?.fullName ?? unit;

  async function lock(tx: Tx, topic: Kept['topic'], thing: string): Promise<About | undefined> {
    if (topic === 'case') {
      const stored = await caseTable.readForUpdate(tx, thing);
      const state = stored?.state;
      return state && { ...placeOf(state), provenance: state.provenance, isOver: state.state === 'closed', touch: (now) => changeOf(caseTable, stored, { ...state, updatedAt: Math.max(now, state.updatedAt) }) };
    }
    const stored = await redStatusTable.readForUpdate(tx, thing);
    const state = stored?.state;
    return state && { ...placeOf({ ...state, title: state.subject.title }), provenance: state.provenance ?? 'real', isOver: state.reason === 'done', touch: (now) => changeOf(redStatusTable, stored, { ...state, updatedAt: Math.max(now, state.updatedAt) }) };
  }

  /** Tells everyone on a rung; what they read is its receipt. */
  const tell = async (tx: Tx, { n, topic, thing, title, unit, ward }: Pick<Kept, 'n' | 'topic' | 'thing' | 'title' | 'unit' | 'ward'>, { level, reachedAt }: Step) =>
    tellPeople(tx, await readPeople(tx), { cause: causeOf(n, level), kind: 'beyond-authority', topic, thing, at: reachedAt }, { title, isUrgent: true, roles: rungOf(level)?.roles ?? [], unit, ward }, { ways, subtree: units.subtree });

  const readOne = async (tx: Tx, id: string): Promise<Kept | undefined> => (await tx.query<Kept>(`select ${COLUMNS} from escalation where n = $1 for update`, [numberOf(id)]))[0];
  const shown = async (bench: Pick<Bench, 'tx' | 'scope'>, kept: Kept): Promise<Escalation> => (await shownAs(bench.tx, [kept], bench.scope, nameOf))[0]!;

  /** An act on a matter that waits. */
  const act = (name: string, id: string, { principal }: Scope, words: string, work: (kept: Kept, bench: Bench) => Promise<Outcome<Kept>>): Promise<Outcome<Escalation>> =>
    desk.perform(name, principal, async (bench) => {
      const { tx, now, scope } = bench;
      const kept = await readOne(tx, id);
      if (!kept || !sees(scope, kept.unit, kept.ward)) return refused('NOT_FOUND');
      if (kept.answeredAt !== null) return refused('STATE_STEP');
      const done = await work(kept, bench);
      if (!done.ok) return done;
      const about = await lock(tx, kept.topic, kept.thing);
      return okay({ reply: await shown(bench, done.value), changes: about ? [about.touch(now)] : [], words });
    });

  const up = async (tx: Tx, kept: Kept, step: Step): Promise<Kept> => {
    const steps = [...kept.steps, step];
    await tx.query('update escalation set steps = $2 where n = $1', [kept.n, JSON.stringify(steps)]);
    await tell(tx, kept, step);
    return { ...kept, steps };
  };

  async function climb(): Promise<number> {
    const waiting = await engine.query<Kept>(`select ${COLUMNS} from escalation where answered_at is null order by n`);
    const due = waiting.filter(({ steps }) => climbs(steps, clock.now()));
    for (const { n } of due) {
      await act('case.escalate', idOf(n), wholeScope('escalation'), '', async (kept, { tx, now }) => {
        const step = climbs(kept.steps, now) ? nextStep(kept.steps, now, null) : undefined;
        return okay(step ? await up(tx, kept, step) : kept);
      });
    }
    return due.length;
  }

  let climbing: Promise<unknown> | undefined;
  const timer = setInterval(() => {
    climbing ??= climb()
      .catch((error: unknown) => {
        if (!(error instanceof StoreUnavailable || error instanceof StoreConflict)) log.error({ error: String(error) }, 'matters beyond a unit could not be sent up; it is tried again');
      })
      .finally(() => (climbing = undefined));
  }, lookMs);
  timer.unref();

  return {
    climb,
    list: (thing, scope) =>
      guarded(async () => {
        const kept = await engine.query<Kept>(
          `select ${COLUMNS} from escalation where ($1::text is null or thing = $1) and ($2::text[] is null or unit = any($2) or ward = any($2)) order by answered_at is null desc, coalesce(answered_at, asked_at) desc limit $3`,
          [thing ?? null, scope.units === null ? null : [...scope.units], MOST_SHOWN],
        );
        return okay({ at: clock.now(), items: await shownAs(engine, kept, scope, nameOf) });
      }),
    read: (id, scope) =>
      guarded(async () => {
        const [kept] = await engine.query<Kept>(`select ${COLUMNS} from escalation where n = $1`, [numberOf(id)]);
        if (!kept || !sees(scope, kept.unit, kept.ward)) return refused('NOT_FOUND');
        await engine.query('update notice set read_at = $3 where account = $1 and read_at is null and cause = any($2)', [accountNumberOf(scope.principal.id) ?? 0, kept.steps.map(({ level }) => causeOf(kept.n, level)), clock.now()]);
        return okay((await shownAs(engine, [kept], scope, nameOf))[0]!);
      }),
    ask: ({ topic, thing, reason }, { principal }) =>
      desk.perform('case.escalate', principal, async (bench) => {
        const { tx, now, actor, scope } = bench;
        const about = await lock(tx, topic, thing);
        if (!about || about.unit === null) return refused('NOT_FOUND');
        const barred = refusalOf(rightToWork(scope, about));
        if (barred) return barred;
        const [open] = await tx.query('select n from escalation where thing = $1 and answered_at is null', [thing]);
        if (open) return refused('STATE_CONFLICT');
        const step = about.isOver ? undefined : nextStep([], now, reason.trim());
        if (!step) return refused('STATE_STEP');
        const { title, unit, ward, provenance } = about;
        const [kept] = await tx.query<Kept>(
          `insert into escalation (topic, thing, title, unit, ward, provenance, reason, asked_by, asked_by_name, asked_at, steps) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning ${COLUMNS}`,
          [topic, thing, title, unit, ward, provenance, reason.trim(), actor.id, actor.name, now, JSON.stringify([step])],
        );
        await tell(tx, kept!, step);
        return okay({ reply: await shown(bench, kept!), changes: [about.touch(now)], words: reason.trim() });
      }),
    raise: (id, reason, scope) =>
      act('case.escalate', id, scope, reason.trim(), async (kept, { tx, now, actor }) => {
        if (!mayRaise(kept.steps, actor)) return refused(nextStep(kept.steps, now, null) ? 'AUTH_FORBIDDEN' : 'STATE_STEP');
        return okay(await up(tx, kept, nextStep(kept.steps, now, reason.trim())!));
      }),
    answer: (id, words, scope) =>
      act('case.decide', id, scope, words.trim(), async (kept, { tx, now, actor }) => {
        if (!mayAnswer(kept.steps, actor)) return refused('AUTH_FORBIDDEN');
        await tx.query('update escalation set answer = $2, answered_by_name = $3, answered_at = $4 where n = $1', [kept.n, words.trim(), actor.name, now]);
        const { title, unit, ward, topic, thing, n } = kept;
        await tellPeople(tx, await readPeople(tx), { cause: `escalation/${n}/answer`, kind: 'authority-answered', topic, thing, at: now }, { title, isUrgent: false, roles: ['unit-officer', 'operator'], unit, ward }, { ways, subtree: units.subtree });
        return okay({ ...kept, answer: words.trim(), answeredBy: actor.name, answeredAt: now });
      }),
    async close() {
      clearInterval(timer);
      await climbing;
    },
  };
}

const placeOf = ({ title, unit, ward }: Pick<CaseState, 'title' | 'ward'> & Pick<RedStatusState, 'unit'>) => ({ title, unit, ward });
