import type { Provenance } from '#contract/base.ts';
import type { TrendPoint } from '#contract/topics/redStatus.ts';
import type { Indicator } from './catalogue.ts';
import { forecastOf } from './forecast.ts';
import { judge } from './judge.ts';
import { endOf, indexAt } from './period.ts';
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
  const known = newestKnown(indicator, points, now);
  const newest = known.at(-1);
  const waiting = nextBegin(indicator, points, now);
  if (!newest) return { ...NOTHING, reason: 'no-data', nextCheckAt: waiting };
  const expected = dueIndex(indicator, now);
  const judged = judge(indicator, unit, newest.index, newest.value);
  const deadline = reportDueAt(indicator, newest.index + 1);
  const isStale = newest.index < expected;
  return {
    ...judged,
    ...(isStale ? { level: 'grey', reason: 'stale', isLow: false } : {}),
    period: indicator.periodAt(newest.index).name,
    value: newest.value,
    progress: null,
    dueAt: null,
    trend: trendOf(indicator, unit, known, Math.max(newest.index, expected)),
    forecast: isStale ? null : forecastOf(indicator, unit, known),
    provenance: newest.provenance,
    asOf: newest.at,
    turnedAt: isStale ? deadline : null,
    toldSince: isStale ? undefined : () => ({ red: runOf(indicator, unit, known, ({ level }) => level === 'red'), low: runOf(indicator, unit, known, ({ isLow }) => isLow) }),
    nextCheckAt: isStale ? waiting : Math.min(deadline, waiting ?? Infinity),
  };
}

/** When the newest unbroken run of points of one kind began, as the source dates its values; null when the newest is not of it. */
function runOf(indicator: Indicator, unit: string, known: readonly KnownPoint[], isOf: (judged: ReturnType<typeof judge>) => boolean): number | null {
  let began: number | null = null;
  for (let place = known.length - 1; place >= 0; place -= 1) {
    const { index, value, at } = known[place]!;
    if (!isOf(judge(indicator, unit, index, value))) break;
    began = Math.min(at, began ?? at);
  }
  return began;
}

type KnownPoint = Point & { value: number };

/** The newest points with a value, as many as the course shows, oldest first: a long history is not read to its beginning. */
function newestKnown(indicator: Indicator, points: readonly Point[], now: number): KnownPoint[] {
  const known: KnownPoint[] = [];
  for (let place = points.length - 1; place >= 0 && known.length < TREND; place -= 1) {
    const point = points[place]!;
    if (point.value !== null && (known.length > 0 || indicator.periodAt(point.index).startAt <= now)) known.push(point as KnownPoint);
  }
  return known.reverse();
}

/** When the first value that came before its time begins to count. */
function nextBegin(indicator: Indicator, points: readonly Point[], now: number): number | null {
  let begin: number | null = null;
  for (let place = points.length - 1; place >= 0; place -= 1) {
    const { startAt } = indicator.periodAt(points[place]!.index);
    if (startAt <= now) break;
    if (points[place]!.value !== null) begin = startAt;
  }
  return begin;
}

const NOTHING: Verdict = {
  level: 'grey', reason: 'no-data', isLow: false, period: null, value: null, target: null, achievement: null, progress: null, dueAt: null, trend: [],
  forecast: null, provenance: null, rule: '', asOf: null, turnedAt: null, nextCheckAt: null,
};

function trendOf(indicator: Indicator, unit: string, known: readonly KnownPoint[], last: number): TrendPoint[] {
  const first = Math.max(known[0]!.index, last - TREND + 1);
  const trend: TrendPoint[] = [];
  let place = known.length - 1;
  for (let index = last; index >= first; index -= 1) {
    while (place >= 0 && known[place]!.index > index) place -= 1;
    const point = known[place];
    const value = point?.index === index ? point.value : null;
    trend.push({ period: indicator.periodAt(index).name, value, level: value === null ? 'grey' : judge(indicator, unit, index, value).level });
  }
  return trend.reverse();
}
