import { distanceM } from './distance.ts';
import type { Position } from './position.ts';
import type { RoadClass, RoadGraph, RoadSegment } from './streets.ts';

/** Seconds from any of several places to one, over the streets. */
export interface Reach {
  /** Nearest drivable crossing of a place within `mostM`, or undefined. */
  nodeNear(place: Position): number | undefined;
  /** The stretch of street nearest to a place, by its middle. */
  segmentNear(place: Position): RoadSegment | undefined;
  /** Seconds to drive to `to` from each of `from`; undefined where no street leads there. Closed stretches are not driven. */
  secondsTo(to: Position, from: readonly Position[], speedOf: (segment: RoadSegment) => number, isClosed?: (segment: string) => boolean): (number | undefined)[];
}

const WALKED: ReadonlySet<RoadClass> = new Set(['path', 'service']);
const MOST_M = 400;
const CELL_DEG = 0.01;
const LEAST_KMH = 3;

interface Edge {
  from: number;
  segment: RoadSegment;
}

/** Prepares the streets once; asking is one search from the goal outwards. */
export function createReach({ nodes, segments }: RoadGraph): Reach {
  const drivable = segments.filter(({ class: kind }) => !WALKED.has(kind));
  const arriving = new Map<number, Edge[]>();
  const arrive = (to: number, from: number, segment: RoadSegment): void => {
    const known = arriving.get(to);
    if (known) known.push({ from, segment });
    else arriving.set(to, [{ from, segment }]);
  };
  for (const segment of drivable) {
    arrive(segment.to, segment.from, segment);
    if (!segment.isOneway || segment.isApprox) arrive(segment.from, segment.to, segment);
  }
  const cellOf = ([lon, lat]: Position): string => `${Math.floor(lon / CELL_DEG)} ${Math.floor(lat / CELL_DEG)}`;
  const cells = new Map<string, number[]>();
  for (const node of new Set(drivable.flatMap(({ from, to }) => [from, to]))) {
    const cell = cellOf(nodes[node]!);
    cells.set(cell, [...(cells.get(cell) ?? []), node]);
  }
  const around = ([lon, lat]: Position): number[] => [-1, 0, 1].flatMap((x) => [-1, 0, 1].flatMap((y) => cells.get(cellOf([lon + x * CELL_DEG, lat + y * CELL_DEG])) ?? []));
  const nodeNear = (place: Position): number | undefined => {
    let best: number | undefined;
    let least = MOST_M;
    for (const node of around(place)) {
      const apart = distanceM(nodes[node]!, place);
      if (apart < least) [best, least] = [node, apart];
    }
    return best;
  };
  return {
    nodeNear,
    segmentNear(place) {
      let best: RoadSegment | undefined;
      let least = MOST_M;
      for (const segment of drivable) {
        const middle = segment.line[Math.floor(segment.line.length / 2)]!;
        if (Math.abs(middle[0] - place[0]) > CELL_DEG || Math.abs(middle[1] - place[1]) > CELL_DEG) continue;
        const apart = distanceM(middle, place);
        if (apart < least) [best, least] = [segment, apart];
      }
      return best;
    },
    secondsTo(to, from, speedOf, isClosed = () => false) {
      const goal = nodeNear(to);
      const starts = from.map(nodeNear);
      if (goal === undefined) return from.map(() => undefined);
      const wanted = new Set(starts.filter((node) => node !== undefined));
      const cost = search(arriving, goal, wanted, (segment) => (isClosed(segment.id) ? Infinity : segment.lengthM / (Math.max(LEAST_KMH, speedOf(segment)) / 3.6)));
      return starts.map((node) => (node === undefined ? undefined : cost.get(node)));
    },
  };
}

/** Cheapest first over a binary heap; ends when every wanted crossing is settled. */
function search(arriving: ReadonlyMap<number, readonly Edge[]>, goal: number, wanted: ReadonlySet<number>, secondsOf: (segment: RoadSegment) => number): Map<number, number> {
  const best = new Map<number, number>([[goal, 0]]);
  const settled = new Map<number, number>();
  const heap: { node: number; cost: number }[] = [{ node: goal, cost: 0 }];
  let left = wanted.size;
  while (heap.length > 0 && left > 0) {
    const { node, cost } = pop(heap);
    if (settled.has(node)) continue;
    settled.set(node, cost);
    if (wanted.has(node)) left -= 1;
    for (const { from, segment } of arriving.get(node) ?? []) {
      const next = cost + secondsOf(segment);
      if (next >= (best.get(from) ?? Infinity)) continue;
      best.set(from, next);
      push(heap, { node: from, cost: next });
    }
  }
  return settled;
}

type Heap = { node: number; cost: number }[];

function push(heap: Heap, item: Heap[number]): void {
  let at = heap.push(item) - 1;
  for (let up = (at - 1) >> 1; at > 0 && heap[at]!.cost < heap[up]!.cost; at = up, up = (at - 1) >> 1) [heap[at], heap[up]] = [heap[up]!, heap[at]!];
}

function pop(heap: Heap): Heap[number] {
  const first = heap[0]!;
  const last = heap.pop()!;
  if (heap.length === 0) return first;
  heap[0] = last;
  for (let at = 0; ; ) {
    const left = 2 * at + 1;
    if (left >= heap.length) return first;
    const smaller = left + 1 < heap.length && heap[left + 1]!.cost < heap[left]!.cost ? left + 1 : left;
    if (heap[smaller]!.cost >= heap[at]!.cost) return first;
    [heap[at], heap[smaller]] = [heap[smaller]!, heap[at]!];
    at = smaller;
  }
}
