import type { Provenance } from '#contract/base.ts';
import type { Indicator } from './catalogue.ts';

/** Parts in per cent and their weights → points: a whole set at 100 % gives the sum of the weights. Undefined while a part is missing. */
export function pointsOf(weights: Readonly<Record<string, number>>, values: ReadonlyMap<string, number | null>): number | undefined {
  let sum = 0;
  for (const [code, weight] of Object.entries(weights)) {
    const value = values.get(code);
    if (value === undefined || value === null) return undefined;
    sum += (weight * value) / 100;
  }
  return sum;
}

/** A figure is as real as the least real of its parts. */
export function leastReal(parts: Iterable<Provenance>): Provenance {
  const all = new Set(parts);
  if (all.has('simulated')) return 'simulated';
  return all.has('manual') ? 'manual' : 'real';
}

/** Formula indicators that a part belongs to. */
export function madeOf(indicators: Iterable<Indicator>, part: string): Indicator[] {
  return [...indicators].filter(({ formula }) => formula !== null && Object.hasOwn(formula, part));
}
