import type { Goal, GoalIndicator, GoalTarget, LevelCounts } from '#contract/goal.ts';
import type { RedStatusState } from '#contract/topics/redStatus.ts';
import type { Indicator } from './catalogue.ts';

type Judged = Pick<RedStatusState, 'level' | 'isLow' | 'achievement'>;

const NONE: LevelCounts = { red: 0, amber: 0, green: 0, grey: 0, low: 0 };

/** How many units stand where. */
export function countsOf(statuses: readonly Judged[]): LevelCounts {
  return statuses.reduce((sum, { level, isLow }) => ({ ...sum, [level]: sum[level] + 1, low: sum.low + Number(isLow) }), NONE);
}

/** The mean of what was achieved, nobody counting for more than the whole. Shape: null without any. Units: 0 to 1. */
export function progressOf(achieved: readonly (number | null)[]): number | null {
  const known = achieved.filter((one) => one !== null).map((one) => Math.min(1, Math.max(0, one)));
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0) / known.length;
}

const added = (a: LevelCounts, b: LevelCounts): LevelCounts => ({ red: a.red + b.red, amber: a.amber + b.amber, green: a.green + b.green, grey: a.grey + b.grey, low: a.low + b.low });

export interface GoalParts {
  indicators: Iterable<Indicator>;
  statuses: ReadonlyMap<string, readonly Judged[]>;
  /** Targets of an indicator that are in force or will be. */
  targetsOf(indicator: Indicator): GoalTarget[];
  /** The unit that answers for a goal. */
  chargeOf(goal: string): { unit: string; name: string } | undefined;
}

/** Goals with their indicators (R68): the least advanced goal first, what has no figures yet last. */
export function goalTree({ indicators, statuses, targetsOf, chargeOf }: GoalParts): Goal[] {
  const byGoal = Map.groupBy([...indicators], ({ service, goalCode }) => `${service}/${goalCode}`);
  const goals = [...byGoal.values()].map((list): Goal => {
    const first = list[0]!;
    const rows = list.map((indicator): GoalIndicator => {
      const { code, name, unitOfMeasure, direction, period, source, ownerKind } = indicator;
      const own = statuses.get(code) ?? [];
      return { code, name, unitOfMeasure, direction, period, source, ownerKind, counts: countsOf(own), progress: progressOf(own.map(({ achievement }) => achievement)), targets: targetsOf(indicator) };
    });
    const charge = chargeOf(first.goalCode);
    return {
      code: first.goalCode, service: first.service, name: first.goal, unit: charge?.unit ?? null, unitName: charge?.name ?? null,
      counts: rows.map(({ counts }) => counts).reduce(added, NONE), progress: progressOf(rows.map(({ progress }) => progress)), indicators: rows,
    };
  });
  return goals.sort((a, b) => (a.progress ?? 2) - (b.progress ?? 2) || a.code.localeCompare(b.code));
}
