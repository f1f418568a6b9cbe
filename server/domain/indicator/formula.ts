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

/** The way by which a formula comes back to itself, from its own code to its own code; undefined when it never does. */
export function loopIn(indicators: ReadonlyMap<string, Pick<Indicator, 'formula'>>, code: string): string[] | undefined {
  const walk = (at: string, way: readonly string[]): string[] | undefined => {
    for (const part of Object.keys(indicators.get(at)?.formula ?? {})) {
      if (part === code) return [...way, part];
      const found = way.includes(part) ? undefined : walk(part, [...way, part]);
      if (found) return found;
    }
    return undefined;
  };
  return walk(code, [code]);
}
