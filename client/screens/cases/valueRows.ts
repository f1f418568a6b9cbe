import type { IndicatorValueRow } from '#contract/red.ts';

/** A table of values: one line per unit, one column per period or per vendor; null = none was sent. */
export interface Comparison {
  columns: string[];
  lines: { unit: string; values: (number | null)[]; spread: number | null }[];
}

const MOST_PERIODS = 6;
const sorted = (words: Iterable<string>): string[] => [...new Set(words)].sort();

/** Periods that have a value, newest first. */
export const periodsOf = (rows: readonly Pick<IndicatorValueRow, 'period'>[]): string[] => sorted(rows.map(({ period }) => period)).reverse();

function lines(rows: readonly IndicatorValueRow[], columns: readonly string[], columnOf: (row: IndicatorValueRow) => string): Comparison['lines'] {
  return sorted(rows.map(({ unit }) => unit)).map((unit) => {
    const own = rows.filter((row) => row.unit === unit);
    const values = columns.map((column) => own.find((row) => columnOf(row) === column)?.value ?? null);
    const known = values.filter((value) => value !== null);
    return { unit, values, spread: known.length > 1 ? Math.max(...known) - Math.min(...known) : null };
  });
}

/** Values in force of the newest periods, oldest first. */
export function byPeriod(rows: readonly IndicatorValueRow[]): Comparison {
  const inForce = rows.filter((row) => row.isInForce);
  const columns = periodsOf(inForce).slice(0, MOST_PERIODS).reverse();
  return { columns, lines: lines(inForce, columns, ({ period }) => period) };
}

/** What each vendor last said of one period; rows come newest first. */
export function byVendor(rows: readonly IndicatorValueRow[], period: string): Comparison {
  const ofPeriod = rows.filter((row) => row.period === period);
  const columns = sorted(ofPeriod.map(({ source }) => source));
  return { columns, lines: lines(ofPeriod, columns, ({ source }) => source) };
}
