import type { Forecast } from '#contract/topics/redStatus.ts';
import type { Indicator } from './catalogue.ts';
import { judge } from './judge.ts';

/** Values a line is drawn through. */
const POINTS = 6;

/** Least-squares line through (x, y); undefined under two points. */
export function lineThrough(points: readonly { x: number; y: number }[]): ((x: number) => number) | undefined {
  if (points.length < 2) return undefined;
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / points.length;
  const spread = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
  if (spread === 0) return undefined;
  const slope = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread;
  return (x) => meanY + slope * (x - meanX);
}

/** Value at the end of the year if the latest values go on in a line, and the level it would have. Values that add up look at their own year only. */
export function forecastOf(indicator: Indicator, unit: string, points: readonly { index: number; value: number }[]): Forecast | null {
  const newest = points.at(-1);
  if (!newest) return null;
  const { last } = indicator.periodAt(newest.index);
  const ofYear = indicator.accumulates ? points.filter(({ index }) => indicator.periodAt(index).last === last) : points;
  const line = lineThrough(ofYear.slice(-POINTS).map(({ index, value }) => ({ x: index, y: value })));
  if (!line) return null;
  const isNeverNegative = points.every(({ value }) => value >= 0);
  const value = isNeverNegative ? Math.max(0, line(last)) : line(last);
  return { period: indicator.periodAt(last).name, value, at: null, level: judge(indicator, unit, last, value).level };
}
