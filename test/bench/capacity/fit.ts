/** One run: how much of each thing there was, and what it came to. */
export interface Sample {
  of: readonly number[];
  cost: number;
}

const SWEEPS = 3000;

/**
 * What one of each thing costs, so that the costs of all runs are met as nearly as can be, none of them below nothing.
 * Each run weighs alike, however much it cost: least squares of the relative error, one thing after the other.
 */
export function costsOf(samples: readonly Sample[]): number[] {
  const lines = samples.filter(({ cost }) => cost > 0).map(({ of, cost }) => of.map((count) => count / cost));
  const costs = (lines[0] ?? []).map(() => 0);
  const weights = costs.map((_, thing) => lines.reduce((sum, line) => sum + line[thing]! ** 2, 0));
  const left = lines.map(() => 1);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const [thing, weight] of weights.entries()) {
      if (weight === 0) continue;
      const step = lines.reduce((sum, line, at) => sum + line[thing]! * left[at]!, 0) / weight;
      const moved = Math.max(-costs[thing]!, step);
      costs[thing]! += moved;
      for (const [at, line] of lines.entries()) left[at]! -= line[thing]! * moved;
    }
  }
  return costs;
}

/** What the costs say of a run. */
export const costIn = (costs: readonly number[], of: readonly number[]): number => of.reduce((sum, count, thing) => sum + count * costs[thing]!, 0);
