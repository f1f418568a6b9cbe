import { openCases, owedDates, redSinceOf, redsByUnit, type RedRow } from '#contract/boards/reds.ts';
import type { CaseState } from '#contract/topics/case.ts';

/** What the case of a unit's oldest red says: a date that was promised, one that was broken, or what is still missing. */
export type RedWord = { word: 'promised'; at: number } | { word: 'broken'; count: number } | { word: 'no-plan' | 'no-case' };

export interface RedUnit {
  unit: string;
  count: number;
  /** The moment its oldest red turned RED, and what that is. */
  since: number;
  title: string;
  /** The position of who answers; names stay off the wall. */
  position: string | null;
  /** Null while the cases are not known: a case that has not come yet is none that is missing. */
  said: RedWord | null;
  /** The case of its oldest red. */
  plan: RedPlan | null;
  /** One of its reds is made up: said in the unit's own line. */
  isSimulated: boolean;
}

/** The four things a unit owes for a red: why, what is done, by when, and who answers. */
export type RedPlan = Pick<CaseState, 'cause' | 'solution' | 'milestones'>;

/** Units by number of reds, then by the longest time in RED. `cases` is null until they are known. */
export function redUnits(rows: readonly RedRow[], cases: readonly CaseState[] | null, now: number): RedUnit[] {
  const caseOf = openCases(cases ?? []);
  return redsByUnit(rows).map(({ unit, reds }): RedUnit => {
    const [oldest] = reds as [RedRow];
    const open = reds.flatMap(({ id }) => caseOf.get(id) ?? []);
    const first = caseOf.get(oldest.id);
    return {
      unit, count: reds.length, since: redSinceOf(oldest), title: oldest.subject.title, position: first?.responsible?.position ?? null,
      said: cases && wordOf(first, open, now), plan: first ?? null, isSimulated: reds.some(({ provenance }) => provenance === 'simulated'),
    };
  });
}

/** A broken promise of any of its reds is said before the next date of the oldest. */
function wordOf(first: CaseState | undefined, open: readonly CaseState[], now: number): RedWord {
  const count = open.flatMap(owedDates).filter((dueAt) => dueAt <= now).length;
  if (count > 0) return { word: 'broken', count };
  if (!first) return { word: 'no-case' };
  const [next] = owedDates(first);
  return next === undefined ? { word: 'no-plan' } : { word: 'promised', at: next };
}
