/** One line of the table. `ratio` is value over what it is held against in the same run. */
export interface Result {
  name: string;
  value: number;
  unit: string;
  ratio: number | null;
  against: string;
  /** Measurements the value is the median of. */
  n: number;
  p50: number;
  p95: number;
  /** The same measured against itself differed by more than 15 %: the figure says nothing today. */
  isUnstable?: boolean;
  /** What the figure is hoped to be. */
  aim: string;
}

export interface Bench {
  /** Rounds a row makes of everything it measures. */
  rounds: number;
  isFull: boolean;
  say(line: string): void;
}

/** A row of the bench; one file of `rows/`, found by its name. */
export interface Row {
  name: string;
  /** Left out unless the full profile or its own name is asked for. */
  isFullOnly?: boolean;
  measure(bench: Bench): Promise<Result[]>;
}

const UNSTABLE_SHARE = 0.15;

/** A value below which this share of the numbers lies. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5);

/** A result from its measurements. `peer` is the median of what it is held against. */
export function resultOf(name: string, unit: string, numbers: readonly number[], more: { against: string; peer?: number; aim: string; isUnstable?: boolean }): Result {
  const value = median(numbers);
  const { peer, ...said } = more;
  return { name, value, unit, ratio: peer === undefined ? null : value / peer, n: numbers.length, p50: value, p95: quantile(numbers, 0.95), ...said };
}

/** Do two measurements of the same thing differ too much for a figure? */
export const isUnstable = (a: number, b: number): boolean => Math.abs(a / b - 1) > UNSTABLE_SHARE;
