import { expect, test } from 'vitest';
import { createReach } from './reach.ts';
import { loadGeo } from './readData.ts';
import type { RoadGraph, RoadSegment } from './streets.ts';

const segment = (id: string, from: number, to: number, more: Partial<RoadSegment> = {}): RoadSegment => ({ id, feature: 1, class: 'primary', from, to, isOneway: false, lengthM: 1000, freeFlowKmh: 36, line: [[108 + from / 100, 16], [108 + to / 100, 16]], ...more });
const graph = (segments: RoadSegment[]): RoadGraph => ({ nodes: [[108, 16], [108.01, 16], [108.02, 16], [108.03, 16]], part: [0, 0, 0, 0], segments });
const speed = ({ freeFlowKmh }: RoadSegment) => freeFlowKmh;

test('time adds up along the streets, at the speed of each', () => {
  const reach = createReach(graph([segment('a', 0, 1), segment('b', 1, 2, { freeFlowKmh: 72 })]));
  expect(reach.secondsTo([108.02, 16], [[108, 16], [108.01, 16]], speed)).toEqual([150, 50]);
});

test('a one-way street is driven one way, a closed one not at all, a place without a street is unknown', () => {
  const reach = createReach(graph([segment('a', 0, 1, { isOneway: true }), segment('b', 1, 2)]));
  expect(reach.secondsTo([108, 16], [[108.01, 16]], speed)).toEqual([undefined]);
  expect(reach.secondsTo([108.01, 16], [[108, 16]], speed)).toEqual([100]);
  expect(reach.secondsTo([108.02, 16], [[108, 16]], speed, (id) => id === 'b')[0] ?? Infinity).toBe(Infinity);
  expect(reach.secondsTo([108.02, 16], [[107, 15]], speed)).toEqual([undefined]);
  expect(reach.secondsTo([107, 15], [[108, 16]], speed)).toEqual([undefined]);
});

test('over the streets of the city the way is never shorter than the crow flies at the highest speed', () => {
  const roads = loadGeo().roads();
  const reach = createReach(roads);
  const crossings = [...new Set(roads.segments.filter((one) => one.class === 'primary' && roads.part[one.from] === 0).map(({ from }) => from))].slice(0, 40).map((node) => roads.nodes[node]!);
  const [to, ...from] = crossings;
  const seconds = reach.secondsTo(to!, from, speed);
  expect(seconds.filter((one) => one !== undefined).length).toBeGreaterThan(from.length / 2);
  for (const one of seconds) if (one !== undefined) expect(one).toBeGreaterThan(0);
});
