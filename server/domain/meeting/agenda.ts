import type { Escalation } from '#contract/escalation.ts';
import type { AgendaItem, AgendaReason } from '#contract/meeting.ts';
import type { PromiseRow } from '#contract/red.ts';
import type { CaseState } from '#contract/topics/case.ts';
import type { RedStatusState } from '#contract/topics/redStatus.ts';
import { vietnamCalendar } from '../calendar/vietnam.ts';
import { isLate } from '../red-case/obligations.ts';
import { casePolicy } from '../red-case/policy.ts';

/** What the agenda is built from. */
export interface AgendaParts {
  statuses: readonly RedStatusState[];
  /** Open cases. */
  cases: readonly CaseState[];
  broken: readonly PromiseRow[];
  /** Matters that units asked to be decided above them and that wait. */
  escalated: readonly Pick<Escalation, 'id' | 'topic' | 'thing' | 'title' | 'unit' | 'reason' | 'askedAt' | 'provenance'>[];
  nameOf(unit: string | null): string;
}

const ORDER: readonly AgendaReason[] = ['escalated', 'red', 'blocked', 'obstacle-overdue', 'promise-broken', 'no-plan'];

/**
 * The agenda of the weekly meeting: all that is ĐỎ or blocked, answers that other units owe too long, broken promises, and
 * cases whose plan is late. What a unit can not settle alone is marked: blocked for the policy's working days, or an obstacle
 * whose supporting unit let its time pass. What a unit itself asked to be decided above it comes first.
 */
export function agendaOf({ statuses, cases, broken, escalated, nameOf }: AgendaParts, now: number): AgendaItem[] {
  const beyond = (sinceAt: number) => vietnamCalendar.timeBetween(sinceAt, now) >= casePolicy.authorityWorkingDays * vietnamCalendar.dayMs;
  const provenanceOf = new Map(cases.map(({ id, provenance }) => [id, provenance]));
  const item = (one: Omit<AgendaItem, 'unitName'>): AgendaItem => ({ ...one, unitName: nameOf(one.unit) });

  const states = statuses.filter(({ level, reason }) => level === 'red' || reason === 'blocked').map((status) => {
    const isBlocked = status.reason === 'blocked';
    const sinceAt = isBlocked ? (status.asOf ?? status.since) : (status.redSince ?? status.since);
    return item({ id: `status/${status.id}`, reason: isBlocked ? 'blocked' : 'red', title: status.subject.title, unit: status.unit, sinceAt, detail: null, caseId: status.caseId, exceeds: isBlocked && beyond(sinceAt), provenance: status.provenance });
  });
  const obstacles = cases.flatMap((one) =>
    one.obstacles
      .filter(({ answeredAt, dueAt }) => answeredAt === null && isLate(dueAt, now))
      .map((asked) => item({ id: `obstacle/${one.id}/${asked.id}`, reason: 'obstacle-overdue', title: asked.text, unit: asked.unit, sinceAt: asked.dueAt, detail: one.title, caseId: one.id, exceeds: true, provenance: one.provenance })),
  );
  const promises = broken.map(({ caseId, unit, title, milestone }) =>
    item({ id: `promise/${caseId}/${milestone.id}`, reason: 'promise-broken', title: milestone.title, unit, sinceAt: milestone.dueAt, detail: title, caseId, exceeds: false, provenance: provenanceOf.get(caseId) ?? null }),
  );
  const plans = cases
    .filter(({ state, dueAt }) => (state === 'opened' || state === 'acknowledged' || state === 'planned') && isLate(dueAt, now))
    .map((one) => item({ id: `plan/${one.id}`, reason: 'no-plan', title: one.title, unit: one.unit, sinceAt: one.dueAt, detail: null, caseId: one.id, exceeds: false, provenance: one.provenance }));
  const asked = escalated.map(({ id, topic, thing, title, unit, reason, askedAt, provenance }) =>
    item({ id: `escalation/${id}`, reason: 'escalated', title, unit, sinceAt: askedAt, detail: reason, caseId: topic === 'case' ? thing : null, exceeds: true, provenance }),
  );
  return [...asked, ...states, ...obstacles, ...promises, ...plans].sort((a, b) => Number(b.exceeds) - Number(a.exceeds) || ORDER.indexOf(a.reason) - ORDER.indexOf(b.reason) || a.sinceAt - b.sinceAt);
}
