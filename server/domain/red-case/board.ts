import type { BoardRed, BoardUnit } from '#contract/red.ts';
import type { CaseState, Responsible } from '#contract/topics/case.ts';
import type { RedStatusState } from '#contract/topics/redStatus.ts';
import { nextPromise, promisesOf } from './promises.ts';

/** Where the board looks things up: cases by the status they belong to, persons by the assignment they answer for. */
export interface BoardBooks {
  cases: ReadonlyMap<string, CaseState>;
  people: ReadonlyMap<string, Responsible>;
  nameOf(unit: string): string;
}

/** ĐỎ by unit: most reds first, then the longest time in ĐỎ. */
export function boardOf(statuses: readonly RedStatusState[], { cases, people, nameOf }: BoardBooks, now: number): BoardUnit[] {
  const byUnit = Map.groupBy(statuses.filter(({ unit, level, isLow }) => unit !== null && (level === 'red' || isLow)), ({ unit }) => unit!);
  return [...byUnit]
    .map(([unit, all]): BoardUnit => {
      const reds = all.filter(({ level }) => level === 'red').sort((a, b) => (a.redSince ?? 0) - (b.redSince ?? 0));
      const provenances = new Set(all.map(({ provenance }) => provenance ?? 'real'));
      return {
        unit,
        name: nameOf(unit),
        redCount: reds.length,
        lowCount: all.filter(({ isLow }) => isLow).length,
        redMs: reds.reduce((sum, { redSince }) => sum + timeInRed(redSince, now), 0),
        oldestSince: reds[0]?.redSince ?? null,
        provenance: provenances.size === 1 ? [...provenances][0]! : 'mixed',
        reds: reds.map((status) => redOf(status, cases.get(status.id), people.get(status.subject.code), now)),
      };
    })
    .sort((a, b) => b.redCount - a.redCount || b.redMs - a.redMs || b.lowCount - a.lowCount || a.unit.localeCompare(b.unit));
}

/** How long something has been ĐỎ. Units: ms. */
export const timeInRed = (redSince: number | null, now: number): number => (redSince === null ? 0 : Math.max(0, now - redSince));

function redOf(status: RedStatusState, found: CaseState | undefined, person: Responsible | undefined, now: number): BoardRed {
  return {
    status,
    caseId: found?.id ?? null,
    caseState: found?.state ?? null,
    cause: found?.cause ?? null,
    solution: found?.solution ?? null,
    responsible: found?.responsible ?? person ?? null,
    promise: found ? nextPromise(found) : null,
    brokenCount: found ? promisesOf([found], now).filter(({ state }) => state === 'broken').length : 0,
  };
}
