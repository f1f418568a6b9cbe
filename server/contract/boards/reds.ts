import type { Provenance } from '../base.ts';
import type { CaseState } from '../topics/case.ts';
import type { RedStatusState } from '../topics/redStatus.ts';

const DAY_MS = 86_400_000;

/** A status of a unit that is RED, with where its value comes from. */
export type RedRow = RedStatusState & { unit: string; provenance: Provenance };

/** What is RED under the rules in force. A status of no data cannot be red, one of nobody is on no board. */
export const redRows = (statuses: readonly RedStatusState[], codes: readonly string[] | undefined): RedRow[] =>
  statuses.filter((one): one is RedRow => one.level === 'red' && one.unit !== null && one.provenance !== null && (codes === undefined || codes.includes(one.subject.code)));

/** When it turned RED. Units: epoch ms. */
export const redSinceOf = ({ redSince, since }: Pick<RedStatusState, 'redSince' | 'since'>): number => redSince ?? since;

/** Whole days since a moment. */
export const daysSince = (at: number, now: number): number => Math.max(0, Math.floor((now - at) / DAY_MS));

/** The open case of each status. */
export const openCases = <C extends Pick<CaseState, 'state' | 'statusId'>>(cases: readonly C[]): Map<string, C> => new Map(cases.filter(({ state }) => state !== 'closed').map((one) => [one.statusId, one]));

/** What a plan still promises. Shape: due dates in epoch ms, the next one first. */
export const owedDates = ({ milestones }: Pick<CaseState, 'milestones'>): number[] => milestones.filter(({ keptAt }) => keptAt === null).map(({ dueAt }) => dueAt).sort((a, b) => a - b);

/** Reds by unit, each unit's oldest first: the unit with the most of them, then the one that is RED longest. */
export function redsByUnit(rows: readonly RedRow[]): { unit: string; reds: RedRow[] }[] {
  return [...Map.groupBy(rows.toSorted((a, b) => redSinceOf(a) - redSinceOf(b)), ({ unit }) => unit)]
    .map(([unit, reds]) => ({ unit, reds, since: redSinceOf(reds[0]!) }))
    .sort((a, b) => b.reds.length - a.reds.length || a.since - b.since || a.unit.localeCompare(b.unit))
    .map(({ unit, reds }) => ({ unit, reds }));
}
