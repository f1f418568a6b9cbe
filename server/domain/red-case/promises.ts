import type { Contradiction, PromiseMonth, PromiseRow, PromiseState } from '#contract/red.ts';
import type { CaseState, Milestone } from '#contract/topics/case.ts';

const OFFSET_MS = 7 * 3_600_000;

/** A promise is kept before its moment or not at all; from that moment on it is broken, also when it is done later. */
export function promiseState({ keptAt, dueAt }: Pick<Milestone, 'keptAt' | 'dueAt'>, now: number): PromiseState {
  if (keptAt !== null) return keptAt < dueAt ? 'kept' : 'broken';
  return now < dueAt ? 'promised' : 'broken';
}

/** Milestones of cases with what became of them, in order of time. What was still to come when its case was closed is no promise any more. */
export function promisesOf(cases: readonly CaseState[], now: number): PromiseRow[] {
  return cases
    .flatMap(({ id, unit, title, state, responsible, milestones, closedAt }) => milestones.filter(({ keptAt, dueAt }) => keptAt !== null || closedAt === null || dueAt <= closedAt).map((milestone) => ({ caseId: id, isClosed: state === 'closed', unit, title, state: promiseState(milestone, now), milestone, responsible })))
    .sort((a, b) => a.milestone.dueAt - b.milestone.dueAt);
}

/** Promises counted by the month their moment lies in, newest month first. */
export function promiseMonths(rows: readonly PromiseRow[]): PromiseMonth[] {
  const byMonth = Map.groupBy(rows, ({ milestone }) => monthOf(milestone.dueAt));
  return [...byMonth]
    .map(([month, those]) => ({ month, promised: countOf(those, 'promised'), kept: countOf(those, 'kept'), broken: countOf(those, 'broken') }))
    .sort((a, b) => b.month.localeCompare(a.month));
}

/** The month of a moment in Asia/Ho_Chi_Minh. Shape: yyyy-mm. */
export const monthOf = (at: number): string => new Date(at + OFFSET_MS).toISOString().slice(0, 7);

const countOf = (rows: readonly PromiseRow[], state: PromiseState): number => rows.filter((row) => row.state === state).length;

/** Promises whose moment lies in a time, as kept or broken at its end. */
export function promisesDue(cases: readonly CaseState[], from: number, to: number): { kept: PromiseRow[]; broken: PromiseRow[] } {
  const due = promisesOf(cases, to).filter(({ milestone }) => milestone.dueAt > from && milestone.dueAt <= to);
  return { kept: due.filter(({ state }) => state === 'kept'), broken: due.filter(({ state }) => state === 'broken') };
}

/** The next promise that is not kept yet, broken ones first. */
export function nextPromise(state: CaseState): Milestone | null {
  const open = state.milestones.filter(({ keptAt }) => keptAt === null).sort((a, b) => a.dueAt - b.dueAt);
  return open[0] ?? null;
}

/** Where data and case do not agree. */
export function contradictionsOf(cases: readonly CaseState[]): Contradiction[] {
  return cases.flatMap(({ id, unit, title, state, reading, closedAt }): Contradiction[] => {
    const isOpen = state !== 'closed';
    if (isOpen && (reading.level === 'green' || reading.level === 'amber')) return [{ caseId: id, unit, title, kind: 'green-but-open', since: reading.at }];
    if (!isOpen && reading.level === 'red') return [{ caseId: id, unit, title, kind: 'red-but-closed', since: closedAt ?? reading.at }];
    return [];
  });
}
