import type { CaseReading, CaseState } from '#contract/topics/case.ts';
import type { RedStatusState } from '#contract/topics/redStatus.ts';
import { vietnamCalendar } from '../calendar/vietnam.ts';
import { casePolicy } from './policy.ts';

/** Source of what the product writes itself. */
export const OWN_SOURCE = 'ioc';

/** What the data says, as a case repeats it. */
export function readingOf(status: RedStatusState, at: number): CaseReading {
  const { level, isLow, period, value, target, achievement } = status;
  return { level, isLow, period, value, target, achievement, at };
}

/** Whether a status opens a new case: it is ĐỎ, belongs to a unit, and neither an open case nor one of the same ĐỎ exists. */
export function opensCase(status: RedStatusState, latest: CaseState | undefined): boolean {
  if (status.level !== 'red' || status.unit === null || status.redSince === null) return false;
  return latest === undefined || (latest.state === 'closed' && latest.redSince !== status.redSince);
}

/** A new case of a status that turned ĐỎ. */
export function newCase(id: string, status: RedStatusState & { unit: string; redSince: number }, now: number): CaseState {
  return {
    id,
    ref: `${status.ref}/${status.redSince}`,
    source: OWN_SOURCE,
    unit: status.unit,
    ward: status.ward,
    subject: status.subject,
    statusId: status.id,
    title: status.subject.title,
    reading: readingOf(status, now),
    redSince: status.redSince,
    reds: 1,
    state: 'opened',
    openedAt: now,
    updatedAt: now,
    acknowledgeBy: vietnamCalendar.addDays(now, casePolicy.acknowledgeWorkingDays),
    dueAt: vietnamCalendar.addDays(now, casePolicy.planWorkingDays),
    acknowledgedAt: null,
    plannedAt: null,
    submittedAt: null,
    acceptedAt: null,
    resolvedAt: null,
    verifiedAt: null,
    closedAt: null,
    cause: null,
    solution: null,
    responsible: null,
    milestones: [],
    obstacles: [],
    nudges: [],
    evidence: [],
    result: null,
    returnReason: null,
    closeReason: null,
    provenance: status.provenance ?? 'real',
  };
}

/** The case after its data changed; the same object when it says nothing new. `isRedAgain`: it turned ĐỎ anew while the case was open. */
export function refreshCase(state: CaseState, status: RedStatusState, isRedAgain: boolean, now: number): CaseState {
  const reading = readingOf(status, now);
  const isSame = reading.level === state.reading.level && reading.value === state.reading.value && reading.period === state.reading.period && reading.target === state.reading.target && reading.isLow === state.reading.isLow;
  if (isSame && !isRedAgain) return state;
  return { ...state, reading, reds: state.reds + (isRedAgain && state.state !== 'closed' ? 1 : 0), updatedAt: Math.max(now, state.updatedAt) };
}
