import type { Provenance } from '#contract/base.ts';
import type { RedLevel, RedStatusState } from '#contract/topics/redStatus.ts';
import type { Settings } from './settings.ts';

/** A status of an indicator that has a value, with where the value comes from. */
export type BoardStatus = RedStatusState & { provenance: Provenance };

export interface IndicatorRow {
  code: string;
  label: string;
  unitOfMeasure: string;
  target: number | null;
  period: string;
  value: number | null;
  /** Against the period before. */
  change: number | null;
  /** Values of the latest periods, oldest first. */
  course: number[];
  /** The worst of the units, by the rules in force. */
  level: RedLevel;
  redUnits: number;
  units: number;
}

const RANK: readonly RedLevel[] = ['red', 'amber', 'green', 'grey'];
const rankOf = (level: RedLevel): number => RANK.indexOf(level);

/** The statuses the board speaks of: of the indicators a scene names or all, of one unit or all, of one list or all. */
export function shownStatuses(statuses: readonly RedStatusState[], { rows, unit, list = 'all' }: Settings): BoardStatus[] {
  return statuses.filter(
    (one): one is BoardStatus =>
      one.subject.topic === 'indicator' && one.provenance !== null && (rows === undefined || rows.some(({ code }) => code === one.subject.code)) && (unit === undefined || one.unit === unit) && (list === 'all' || (list === 'red' ? one.level === 'red' : one.isLow)),
  );
}

/** One row per indicator with its course and the judgement of the rules in force; the worst first unless a scene names rows. Several units are added up or averaged, as the row says. */
export function rowsOf(statuses: readonly BoardStatus[], { rows }: Settings): IndicatorRow[] {
  const byCode = Map.groupBy(statuses, ({ subject }) => subject.code);
  const asked: NonNullable<Settings['rows']> = rows ?? [...byCode.keys()].map((code) => ({ code }));
  const made = asked.map(({ code, label, unitOfMeasure = '', target, sum = false }): IndicatorRow => {
    const own = byCode.get(code) ?? [];
    const whole = (values: readonly number[]) => values.reduce((total, value) => total + value, 0) / (sum ? 1 : Math.max(1, values.length));
    const periods = new Map<string, number[]>();
    for (const { trend } of own) for (const { period, value } of trend) if (value !== null) periods.set(period, [...(periods.get(period) ?? []), value]);
    const course = [...periods].sort(([a], [b]) => a.localeCompare(b)).map(([period, values]) => ({ period, value: whole(values) }));
    const [before, newest] = [course.at(-2), course.at(-1)];
    const targets = own.flatMap((one) => (one.target === null ? [] : [one.target]));
    return {
      code, unitOfMeasure,
      label: label ?? own[0]?.subject.title ?? code,
      target: target ?? (targets.length === 0 ? null : whole(targets)),
      period: newest?.period ?? '',
      value: newest?.value ?? null,
      change: newest && before ? newest.value - before.value : null,
      course: course.map(({ value }) => value),
      level: own.reduce<RedLevel>((worst, { level }) => (rankOf(level) < rankOf(worst) ? level : worst), 'grey'),
      redUnits: own.filter(({ level }) => level === 'red').length,
      units: own.length,
    };
  });
  return rows ? made : made.sort((a, b) => rankOf(a.level) - rankOf(b.level) || b.redUnits - a.redUnits || a.label.localeCompare(b.label, 'vi'));
}

/** A month as it is written here: 10/2026; other periods as they are. */
export const periodName = (period: string): string => period.replace(/^(\d{4})-(\d{2})$/, '$2/$1');
