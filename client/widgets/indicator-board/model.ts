import type { Static } from 'typebox';
import type { indicatorTopic } from '#contract/topics/record.ts';
import type { Settings } from './settings.ts';

export type IndicatorRecord = Static<(typeof indicatorTopic)['state']>;

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
}

const COURSE = 12;

/** One row per indicator: the newest period with its course. Several units are added up or averaged, as the row says. */
export function rowsOf(records: readonly IndicatorRecord[], { rows, unit }: Settings): IndicatorRow[] {
  const byCode = new Map<string, Map<string, number[]>>();
  for (const record of records) {
    const { code, period, value } = record.values;
    if (value === null || (unit !== undefined && record.unit !== unit)) continue;
    const periods = byCode.get(code) ?? new Map<string, number[]>();
    byCode.set(code, periods);
    periods.set(period, [...(periods.get(period) ?? []), value]);
  }
  const asked: NonNullable<Settings['rows']> = rows ?? [...byCode.keys()].sort().map((code) => ({ code }));
  return asked.map(({ code, label = code, unitOfMeasure = '', target = null, sum = false }) => {
    const periods = [...(byCode.get(code) ?? [])].sort(([a], [b]) => a.localeCompare(b));
    const course = periods.map(([, values]) => values.reduce((total, value) => total + value, 0) / (sum ? 1 : values.length)).slice(-COURSE);
    const [before, value] = [course.at(-2), course.at(-1)];
    return { code, label, unitOfMeasure, target, period: periods.at(-1)?.[0] ?? '', value: value ?? null, change: value === undefined || before === undefined ? null : value - before, course };
  });
}
