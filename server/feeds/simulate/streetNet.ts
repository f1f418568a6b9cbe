import type { RoadClass, RoadGraph, RoadSegment } from '../../../geo/streets.ts';

/** One way of driving a segment. */
export interface Drive {
  segment: RoadSegment;
  from: number;
  to: number;
  isReverse: boolean;
  /** At free flow. Units: seconds. */
  seconds: number;
}

/** The streets a vehicle may use: every node can be reached from every other. */
export interface StreetNet {
  roads: RoadGraph;
  /** Drives that leave a node. */
  leaving: ReadonlyMap<number, readonly Drive[]>;
  /** Nodes with surveyed streets, and those reached by the straight arterials. */
  surveyed: readonly number[];
  outer: readonly number[];
}

const NOT_FOR_VEHICLES: ReadonlySet<RoadClass> = new Set(['path', 'service']);

/** Whether vehicles of the sample city use a street. */
export const isForVehicles = (segment: RoadSegment): boolean => !NOT_FOR_VEHICLES.has(segment.class);

/**
 * Streets as a vehicle drives them. Straight arterials (`isApprox`) stand for both carriageways and are driven both ways;
 * surveyed one-way streets are not.
 */
export function createStreetNet(roads: RoadGraph): StreetNet {
  const all = roads.segments.filter(isForVehicles).flatMap(drivesOf);
  const hub = all.find(({ segment, from }) => segment.class === 'primary' && !segment.isApprox && roads.part[from] === 0)?.from;
  if (hub === undefined) throw new Error('the street map has no primary street to start from');
  const ahead = reached(hub, group(all, 'from'), 'to');
  const back = reached(hub, group(all, 'to'), 'from');
  const isKept = (node: number) => ahead.has(node) && back.has(node);
  const kept = all.filter(({ from, to }) => isKept(from) && isKept(to));
  const leaving = group(kept, 'from');
  const surveyed = [...leaving].filter(([, drives]) => drives.some(({ segment }) => !segment.isApprox)).map(([node]) => node);
  const known = new Set(surveyed);
  return { roads, leaving, surveyed, outer: [...leaving.keys()].filter((node) => !known.has(node)) };
}

function drivesOf(segment: RoadSegment): Drive[] {
  const seconds = segment.lengthM / (segment.freeFlowKmh / 3.6);
  const forward: Drive = { segment, from: segment.from, to: segment.to, isReverse: false, seconds };
  const isTwoWay = !segment.isOneway || segment.isApprox === true;
  return isTwoWay ? [forward, { segment, from: segment.to, to: segment.from, isReverse: true, seconds }] : [forward];
}

function group(drives: readonly Drive[], end: 'from' | 'to'): Map<number, Drive[]> {
  const groups = new Map<number, Drive[]>();
  for (const drive of drives) {
    const known = groups.get(drive[end]);
    if (known) known.push(drive);
    else groups.set(drive[end], [drive]);
  }
  return groups;
}

function reached(start: number, from: ReadonlyMap<number, readonly Drive[]>, end: 'from' | 'to'): Set<number> {
  const seen = new Set([start]);
  const open = [start];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const drive of from.get(node) ?? []) {
      if (seen.has(drive[end])) continue;
      seen.add(drive[end]);
      open.push(drive[end]);
    }
  }
  return seen;
}
