import { expect, test } from 'vitest';
import { costIn, costsOf } from './fit.ts';
import { COSTS, needOf, type Costs } from './plan.ts';

const costs = (changed: Partial<Costs>): Costs => ({ ...(Object.fromEntries(COSTS.map((name) => [name, 0])) as Costs), screen: 50, write: 14, request: 2000, head: 500, ...changed });

test('costs are found again from runs that they made, and none is below nothing', () => {
  const truth = [30, 0.06, 2, 0.25, 0, 0.0003];
  const runs = [[5, 0, 0, 0, 0, 0], [5, 250, 50, 50, 2500, 2500], [5, 4000, 50, 50, 40_000, 40_000], [5, 1000, 50, 500, 10_000, 100_000], [5, 250, 50, 5000, 2500, 250_000], [5, 0, 50, 5000, 0, 0]];
  const found = costsOf(runs.map((of) => ({ of, cost: costIn(truth, of) })));
  for (const of of runs) expect(costIn(found, of) / costIn(truth, of)).toBeCloseTo(1, 2);
  expect(Math.min(...costsOf([{ of: [1, 0], cost: 5 }, { of: [1, 1], cost: 3 }]))).toBe(0);
});

test('the same seed gives the same need; servers grow with screens, and a log that is too slow is said to fall behind', () => {
  const sound = costs({});
  expect(needOf(5, 'one log', sound)).toEqual(needOf(5, 'one log', sound));
  expect(needOf(5, 'one log', costs({ screen: 500 })).servers).toBeGreaterThan(needOf(5, 'one log', sound).servers);
  expect(needOf(1, 'one log', costs({ head: 3 })).waitMs).toBe(Infinity);
  expect(needOf(1, 'one log', sound).waitMs).toBeLessThan(50);
  expect(needOf(5, 'a log each', sound)).toMatchObject({ cities: 5, installations: 5, screens: needOf(5, 'one log', sound).screens });
});

test('an installation whose servers are full of the log alone has no number of servers that would do', () => {
  expect(needOf(5, 'one log', costs({ 'tail.event': 50_000 })).servers).toBe(Infinity);
});
