import { bearingDeg, distanceM, turnBetween } from '../distance.ts';
import type { Position } from '../position.ts';

/** A straight one-way run with what is known about it. */
export interface Run<T> {
  line: [Position, Position];
  source: T;
}

const METRES_PER_DEGREE = 111_195;
const ON_THE_LINE_M = 16;
const TURN_BACK_M = 90;

/** Cuts straight runs where they cross each other or pass through an end of another, so that traffic can turn there. */
export function cutAtMeetings<T>(runs: readonly Run<T>[]): Run<T>[] {
  const ends = runs.flatMap(({ line }) => line);
  return runs.flatMap((run) => {
    const cuts = new Map<string, { at: number; position: Position }>();
    const cut = (position: Position): void => {
      const { at, offM } = project(run.line, position);
      const restM = distanceM(run.line[0], run.line[1]);
      if (at * restM > ON_THE_LINE_M && (1 - at) * restM > ON_THE_LINE_M && offM < ON_THE_LINE_M) cuts.set(position.join(), { at, position });
    };
    ends.forEach(cut);
    for (const other of runs) {
      const crossing = other === run ? undefined : crossingOf(run.line, other.line);
      if (crossing) cut(crossing);
    }
    const corners = [run.line[0], ...[...cuts.values()].sort((a, b) => a.at - b.at).map(({ position }) => position), run.line[1]];
    return corners.slice(1).map((corner, i) => ({ line: [corners[i] as Position, corner] as [Position, Position], source: run.source }));
  });
}

/** Joins a dead end to the nearest way on (and a way nobody reaches to the nearest end): the turning place the source does not have. */
export function turningPlaces(lines: readonly { line: readonly Position[]; isOneway: boolean }[]): [Position, Position][] {
  const ways = lines.map(({ line, isOneway }) => ({ from: line[0] as Position, to: line.at(-1) as Position, isOneway }));
  const starts = new Map<string, Position>();
  const stops = new Map<string, Position>();
  for (const { from, to, isOneway } of ways) {
    starts.set(from.join(), from);
    stops.set(to.join(), to);
    if (isOneway) continue;
    starts.set(to.join(), to);
    stops.set(from.join(), from);
  }
  const nearest = (place: Position, candidates: Iterable<Position>): Position | undefined => {
    let best: Position | undefined;
    let bestM = TURN_BACK_M;
    for (const candidate of candidates) {
      if (Math.abs(candidate[1] - place[1]) * METRES_PER_DEGREE > bestM) continue;
      const metres = distanceM(place, candidate);
      if (metres > 0 && metres < bestM) [best, bestM] = [candidate, metres];
    }
    return best;
  };
  const joins: [Position, Position][] = [];
  for (const [key, stop] of stops) {
    const next = starts.has(key) ? undefined : nearest(stop, starts.values());
    if (next) joins.push([stop, next]);
  }
  for (const [key, start] of starts) {
    const before = stops.has(key) ? undefined : nearest(start, stops.values());
    if (before) joins.push([before, start]);
  }
  return joins;
}

function project([a, b]: readonly [Position, Position], point: Position): { at: number; offM: number } {
  const shrink = Math.cos((a[1] * Math.PI) / 180);
  const flat = (p: Position): Position => [(p[0] - a[0]) * shrink * METRES_PER_DEGREE, (p[1] - a[1]) * METRES_PER_DEGREE];
  const [bx, by] = flat(b);
  const [px, py] = flat(point);
  const at = (px * bx + py * by) / Math.max(1e-9, bx * bx + by * by);
  return { at, offM: Math.hypot(px - at * bx, py - at * by) };
}

function crossingOf([a, b]: readonly [Position, Position], [c, d]: readonly [Position, Position]): Position | undefined {
  if (turnBetween(bearingDeg(a, b) % 180, bearingDeg(c, d) % 180) < 12) return undefined;
  const [rx, ry, sx, sy] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]];
  const cross = rx * sy - ry * sx;
  if (cross === 0) return undefined;
  const t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / cross;
  const u = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / cross;
  if (t < 0 || t > 1 || u < 0 || u > 1) return undefined;
  const round = (value: number): number => Math.round(value * 1e6) / 1e6;
  return [round(a[0] + t * rx), round(a[1] + t * ry)];
}
