import type { Provenance } from '#contract/base.ts';
import type { TrendPoint } from '#contract/topics/redStatus.ts';
import type { Indicator } from './catalogue.ts';
import { forecastOf } from './forecast.ts';
import { judge } from './judge.ts';
import { endOf, indexAt, nameOf, startOf } from './period.ts';
import type { Verdict } from './verdict.ts';

const DAY_MS = 86_400_000;
const TREND = 12;

/** The value in force of one period. Shape: `value: null` = the source says there is none. */
export interface Point {
  index: number;
  value: number | null;
  at: number;
  provenance: Provenance;
}

/** When the value of a period must have been reported. Units: epoch ms. */
export const reportDueAt = ({ period, reportDueDays }: Pick<Indicator, 'period' | 'reportDueDays'>, index: number): number => endOf(period, index) + reportDueDays * DAY_MS;

/** Index of the newest period whose report is due at a moment. */
export function dueIndex(indicator: Pick<Indicator, 'period' | 'reportDueDays'>, now: number): number {
  return indexAt(indicator.period, now - indicator.reportDueDays * DAY_MS) - 1;
}

/** Status of an indicator at a unit from its values in force, one per period in order. Values of periods that have not begun wait. */
export function evaluateIndicator(indicator: Indicator, unit: string, points: readonly Point[], now: number): Verdict {
  const known = points.filter((point): point is Point & { value: number } => point.value !== null && startOf(indicator.period, point.index) <= now);
  const newest = known.at(-1);
  if (!newest) return { ...NOTHING, reason: 'no-data' };
  const expected = dueIndex(indicator, now);
  const judged = judge(indicator, unit, newest.index, newest.value);
  const deadline = reportDueAt(indicator, newest.index + 1);
  const isStale = newest.index < expected;
  return {
    ...judged,
    ...(isStale ? { level: 'grey', reason: 'stale', isLow: false } : {}),
    period: nameOf(indicator.period, newest.index),
    value: newest.value,
    progress: null,
    dueAt: null,
    trend: trendOf(indicator, unit, known, Math.max(newest.index, expected)),
    forecast: isStale ? null : forecastOf(indicator, unit, known),
    provenance: newest.provenance,
    asOf: newest.at,
    turnedAt: isStale ? deadline : null,
    nextCheckAt: isStale ? null : deadline,
  };
}

const NOTHING: Verdict = {
  level: 'grey', reason: 'no-data', isLow: false, period: null, value: null, target: null, achievement: null, progress: null, dueAt: null, trend: [],
  forecast: null, provenance: null, rule: '', asOf: null, turnedAt: null, nextCheckAt: null,
};

function trendOf(indicator: Indicator, unit: string, known: readonly (Point & { value: number })[], last: number): TrendPoint[] {
  const first = Math.max(known[0]!.index, last - TREND + 1);
  const trend: TrendPoint[] = [];
  let place = known.length - 1;
  for (let index = last; index >= first; index -= 1) {
    while (place >= 0 && known[place]!.index > index) place -= 1;
    const point = known[place];
    const value = point?.index === index ? point.value : null;
    trend.push({ period: nameOf(indicator.period, index), value, level: value === null ? 'grey' : judge(indicator, unit, index, value).level });
  }
  return trend.reverse();
}
