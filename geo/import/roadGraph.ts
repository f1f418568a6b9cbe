import type { Feature, LineString } from 'geojson';
import { createHash } from 'node:crypto';
import { distanceM, lengthM } from '../distance.ts';
import { boxAround, isInBox, type Position } from '../position.ts';
import type { RoadClass, RoadGraph, RoadSegment } from '../streets.ts';
import type { OsmFeatures } from './osmFeatures.ts';
import { cutAtMeetings, turningPlaces } from './straightPieces.ts';
import { connectedParts } from './connectedParts.ts';
import rules from './osmTags.json' with { type: 'json' };

/** A one-way piece of which only the two ends are known. */
export type StraightPiece = Feature<LineString, { name: string | null; class: RoadClass; bridge: 0 | 1; approx: 0 | 1 }>;

const SPEEDS: Readonly<Record<RoadClass, number>> = { motorway: 80, primary: 50, secondary: 45, tertiary: 40, link: 35, minor: 30, service: 15, path: 5 };
const ROADS: Readonly<Record<string, { class: string; speed: number }>> = rules.road;
const SAME_CROSSING_M = 22;

/** Streets from an extract, cut where they meet; straight pieces fill in where the extract has nothing. */
export function buildRoadGraph(osm: Pick<OsmFeatures, 'nodes' | 'roads'>, pieces: readonly StraightPiece[] = []): RoadGraph {
  const graph = createGraph();
  const meetings = countUses(osm.roads);
  for (const way of osm.roads) {
    const rule = ROADS[way.tags.highway ?? ''];
    if (!rule) continue;
    const speed = Number.parseInt(way.tags.maxspeed ?? '', 10);
    const isBackward = way.tags.oneway === '-1';
    const refs = (isBackward ? [...way.refs].reverse() : way.refs).filter((ref) => osm.nodes.has(ref));
    let stretch = 0;
    let start = 0;
    for (let i = 1; i < refs.length; i++) {
      if (i < refs.length - 1 && (meetings.get(refs[i] as number) ?? 0) < 2) continue;
      graph.add({
        id: `w${way.id}.${stretch++}`,
        class: rule.class as RoadClass,
        name: way.tags.name,
        isOneway: isBackward || way.tags.oneway === 'yes' || way.tags.junction === 'roundabout',
        isBridge: Boolean(way.tags.bridge && way.tags.bridge !== 'no'),
        freeFlowKmh: Number.isFinite(speed) && speed > 0 ? speed : rule.speed,
        line: refs.slice(start, i + 1).map((ref) => osm.nodes.get(ref) as Position),
      });
      start = i;
    }
  }
  addPieces(graph, pieces, coveredBox(osm));
  return { ...graph.close(), part: connectedParts(graph.nodes.length, graph.segments) };
}

type Drawn = Omit<RoadSegment, 'feature' | 'from' | 'to' | 'lengthM'>;

function createGraph() {
  const nodes: Position[] = [];
  const segments: RoadSegment[] = [];
  const known = new Map<string, number>();
  const nodeAt = (position: Position): number => {
    const key = position.join();
    const index = known.get(key) ?? nodes.push(position) - 1;
    known.set(key, index);
    return index;
  };
  const add = ({ name, isBridge, isApprox, isTurn, ...drawn }: Drawn): void => {
    const metres = Math.round(lengthM(drawn.line) * 10) / 10;
    if (drawn.line.length < 2 || metres === 0) return;
    segments.push({
      ...drawn,
      ...(name ? { name } : {}),
      ...(isBridge ? { isBridge } : {}),
      ...(isApprox ? { isApprox } : {}),
      ...(isTurn ? { isTurn } : {}),
      feature: segments.length + 1,
      from: nodeAt(drawn.line[0] as Position),
      to: nodeAt(drawn.line.at(-1) as Position),
      lengthM: metres,
    });
  };
  return { nodes, segments, add, close: () => ({ nodes, segments }) };
}

function countUses(roads: OsmFeatures['roads']): Map<number, number> {
  const uses = new Map<number, number>();
  for (const { refs } of roads) {
    refs.forEach((ref, i) => uses.set(ref, (uses.get(ref) ?? 0) + (i === 0 || i === refs.length - 1 ? 2 : 1)));
  }
  return uses;
}

/** Where the extract is dense: the middle nine tenths of its nodes, so that one long way does not widen it. */
function coveredBox({ nodes }: Pick<OsmFeatures, 'nodes'>): [number, number, number, number] {
  const sorted = (axis: 0 | 1): number[] => [...nodes.values()].map((position) => position[axis]).sort((a, b) => a - b);
  const [lons, lats] = [sorted(0), sorted(1)];
  const cut = (values: number[], share: number): number => values[Math.floor((values.length - 1) * share)] ?? 0;
  return boxAround([[cut(lons, 0.05), cut(lats, 0.05)], [cut(lons, 0.95), cut(lats, 0.95)]]);
}

function addPieces(graph: ReturnType<typeof createGraph>, pieces: readonly StraightPiece[], covered: readonly [number, number, number, number]): void {
  const snap = createSnap(graph.nodes);
  const taken = new Set<string>();
  const runs = pieces
    .map((source) => ({ source, line: [source.geometry.coordinates[0], source.geometry.coordinates.at(-1)] as [Position, Position] }))
    .filter(({ line }) => !line.every((end) => isInBox(covered, end)));
  const put = ([from, to]: readonly [Position, Position], known?: StraightPiece['properties']): void => {
    const line = [snap(from), snap(to)];
    const key = line.join();
    if (line[0]?.join() === line[1]?.join() || taken.has(key)) return;
    taken.add(key);
    graph.add({
      id: `s${createHash('sha1').update(key).digest('hex').slice(0, 10)}`,
      class: known?.class ?? 'link',
      name: known?.name?.normalize('NFC'),
      isOneway: true,
      isBridge: known?.bridge === 1,
      isApprox: true,
      isTurn: !known,
      freeFlowKmh: SPEEDS[known?.class ?? 'link'],
      line,
    });
  };
  for (const { line, source } of cutAtMeetings(runs)) put(line, source.properties);
  for (const join of turningPlaces(graph.segments.filter((segment) => segment.class !== 'path'))) put(join);
}

/** Ends closer than a crossing is wide are one crossing: the two carriageways of a street meet there. */
function createSnap(existing: readonly Position[]): (end: Position) => Position {
  const cell = 0.0003;
  const grid = new Map<string, Position[]>();
  const put = (position: Position): void => {
    const key = `${Math.floor(position[0] / cell)},${Math.floor(position[1] / cell)}`;
    grid.set(key, [...(grid.get(key) ?? []), position]);
  };
  existing.forEach(put);
  return (end) => {
    const [x, y] = [Math.floor(end[0] / cell), Math.floor(end[1] / cell)];
    const near: Position[] = [];
    for (let dx = -1; dx <= 1; dx++) for (let dy = -1; dy <= 1; dy++) near.push(...(grid.get(`${x + dx},${y + dy}`) ?? []));
    near.sort((a, b) => distanceM(a, end) - distanceM(b, end));
    const [nearest] = near;
    if (nearest && distanceM(nearest, end) <= SAME_CROSSING_M) return nearest;
    put(end);
    return end;
  };
}
