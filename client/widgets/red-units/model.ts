import type { Provenance } from '#contract/base.ts';
import type { CaseState } from '#contract/topics/case.ts';
import type { RedStatusState } from '#contract/topics/redStatus.ts';
import type { Settings } from './settings.ts';

/** A status of a unit that is RED, with where its value comes from. */
export type RedRow = RedStatusState & { unit: string; provenance: Provenance };

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

/** What is RED under the rules in force. A status of no data cannot be red, one of nobody is not on the board. */
export function redRows(statuses: readonly RedStatusState[], { codes }: Settings): RedRow[] {
  return statuses.filter((one): one is RedRow => one.level === 'red' && one.unit !== null && one.provenance !== null && (codes === undefined || codes.includes(one.subject.code)));
}

const sinceOf = ({ redSince, since }: RedStatusState): number => redSince ?? since;

/** Units by number of reds, then by the longest time in RED. `cases` is null until they are known. */
export function redUnits(rows: readonly RedRow[], cases: readonly CaseState[] | null, now: number): RedUnit[] {
  const caseOf = new Map((cases ?? []).filter(({ state }) => state !== 'closed').map((one) => [one.statusId, one]));
  return [...Map.groupBy(rows, ({ unit }) => unit)]
    .map(([unit, own]): RedUnit => {
      const oldest = own.reduce((first, one) => (sinceOf(one) < sinceOf(first) ? one : first));
      const open = own.flatMap(({ id }) => caseOf.get(id) ?? []);
      const first = caseOf.get(oldest.id);
      return {
        unit, count: own.length, since: sinceOf(oldest), title: oldest.subject.title, position: first?.responsible?.position ?? null,
        said: cases && wordOf(first, open, now), plan: first ?? null, isSimulated: own.some(({ provenance }) => provenance === 'simulated'),
      };
    })
    .sort((a, b) => b.count - a.count || a.since - b.since || a.unit.localeCompare(b.unit));
}

/** A broken promise of any of its reds is said before the next date of the oldest. */
function wordOf(first: CaseState | undefined, open: readonly CaseState[], now: number): RedWord {
  const owed = (one: CaseState) => one.milestones.filter(({ keptAt }) => keptAt === null);
  const count = open.flatMap(owed).filter(({ dueAt }) => dueAt <= now).length;
  if (count > 0) return { word: 'broken', count };
  if (!first) return { word: 'no-case' };
  const next = owed(first).map(({ dueAt }) => dueAt);
  return next.length > 0 ? { word: 'promised', at: Math.min(...next) } : { word: 'no-plan' };
}

const DAY_MS = 86_400_000;
/** Whole days since a moment. */
export const daysSince = (at: number, now: number): number => Math.max(0, Math.floor((now - at) / DAY_MS));
