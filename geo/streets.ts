import type { Position } from './position.ts';

/** How much a street carries, from the ones that cross the city to the ones between houses. */
export type RoadClass = 'motorway' | 'primary' | 'secondary' | 'tertiary' | 'link' | 'minor' | 'service' | 'path';

/**
 * One stretch of street between two crossings, driven from `from` to `to` (both ways unless `isOneway`).
 * Shape: `from` and `to` index `RoadGraph.nodes`; `feature` is the numeric id of the same stretch in the map tiles.
 * Units: metres, kilometres per hour. `isApprox` = a straight line between known ends, not the surveyed shape;
 * `isTurn` = a turning place added so that traffic can go on, never drawn.
 */
export interface RoadSegment {
  id: string;
  feature: number;
  class: RoadClass;
  name?: string;
  from: number;
  to: number;
  isOneway: boolean;
  isBridge?: boolean;
  isApprox?: boolean;
  isTurn?: boolean;
  lengthM: number;
  freeFlowKmh: number;
  line: Position[];
}

/** The streets as a graph. `part` gives each node the number of its strongly connected part; 0 is the largest. */
export interface RoadGraph {
  nodes: Position[];
  part: number[];
  segments: RoadSegment[];
}
