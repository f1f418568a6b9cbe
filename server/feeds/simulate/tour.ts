import type { Random } from '../../kernel/random.ts';
import { bearingDeg, distanceM, turnBetween } from '../../../geo/distance.ts';
import type { Position } from '../../../geo/position.ts';
import type { PathFinder } from './shortestPath.ts';
import type { Drive } from './streetNet.ts';

/** A closed drive with its timetable: where the vehicle is at each second of a free city. Units: seconds, degrees. */
export interface Tour {
  lon: Float64Array;
  lat: Float64Array;
  second: Float64Array;
  /** Time of one round. Units: seconds. */
  roundS: number;
}

/** How a kind of vehicle drives. Units: share of the free-flow speed, m/s², metres between stops (0 = none), seconds at a stop. */
export interface Manner {
  pace: number;
  accel: number;
  stopEveryM: number;
  stopS: number;
}

interface Step {
  at: Position;
  limit: number;
  waitS: number;
}

const PIECE_M = 22;
const SLOWEST = 1.6;
const SIGNAL_STOP_SHARE = 0.45;

/** Plans a closed drive through random places of `choices`. Signals are nodes where a vehicle may have to wait. */
export function planTour(paths: PathFinder, choices: readonly number[], manner: Manner, signals: ReadonlySet<number>, random: Random): Tour {
  const places = Array.from({ length: 3 + random.below(3) }, () => random.pick(choices));
  const likes = new Map<string, number>();
  const taste = (segment: string): number => {
    const known = likes.get(segment) ?? 0.8 + 0.7 * random.next();
    likes.set(segment, known);
    return known;
  };
  const drives: Drive[] = [];
  for (const [index, place] of places.entries()) {
    drives.push(...paths.find(place, places[(index + 1) % places.length]!, taste, drives.at(-1)));
  }
  return timetable(stepsOf(drives, manner, signals, random), manner.accel);
}

function stepsOf(drives: readonly Drive[], manner: Manner, signals: ReadonlySet<number>, random: Random): Step[] {
  const steps: Step[] = [];
  let sinceStopM = 0;
  for (const { segment, isReverse, to } of drives) {
    const limit = (segment.freeFlowKmh / 3.6) * manner.pace;
    const line = isReverse ? segment.line.toReversed() : segment.line;
    for (let i = 1; i < line.length; i++) {
      for (const at of pieces(line[i - 1]!, line[i]!)) steps.push({ at, limit, waitS: 0 });
    }
    sinceStopM += segment.lengthM;
    const last = steps.at(-1);
    if (!last) continue;
    if (signals.has(to) && random.next() < SIGNAL_STOP_SHARE) last.waitS = 6 + random.below(22);
    else if (manner.stopEveryM > 0 && sinceStopM > manner.stopEveryM) {
      last.waitS = manner.stopS * (0.6 + 0.8 * random.next());
      sinceStopM = 0;
    }
  }
  return steps;
}

/** Points after `a` up to and with `b`, close enough for a smooth change of speed. */
function pieces(a: Position, b: Position): Position[] {
  const count = Math.max(1, Math.ceil(distanceM(a, b) / PIECE_M));
  return Array.from({ length: count }, (_, i) => {
    const share = (i + 1) / count;
    return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
  });
}

function timetable(steps: readonly Step[], accel: number): Tour {
  const count = steps.length;
  const next = (i: number) => steps[(i + 1) % count]!;
  const gapM = steps.map((step, i) => distanceM(step.at, next(i).at));
  const speed = steps.map((step, i) => (step.waitS > 0 ? 0 : Math.min(step.limit, next(i).limit, turnLimit(steps[(i + count - 1) % count]!.at, step.at, next(i).at))));
  // Twice round, so that the end of the round fits its beginning.
  for (let i = 2 * count - 1; i >= 0; i--) speed[i % count] = Math.min(speed[i % count]!, Math.sqrt(speed[(i + 1) % count]! ** 2 + 2 * accel * gapM[i % count]!));
  for (let i = 0; i < 2 * count; i++) speed[(i + 1) % count] = Math.min(speed[(i + 1) % count]!, Math.sqrt(speed[i % count]! ** 2 + 2 * accel * gapM[i % count]!));
  const knots: [number, number, number][] = [];
  let second = 0;
  steps.forEach((step, i) => {
    knots.push([step.at[0], step.at[1], second]);
    if (step.waitS > 0) knots.push([step.at[0], step.at[1], (second += step.waitS)]);
    second += gapM[i]! / Math.max(SLOWEST, (speed[i]! + speed[(i + 1) % count]!) / 2);
  });
  const first = steps[0]?.at ?? [0, 0];
  knots.push([first[0], first[1], second]);
  return { lon: Float64Array.from(knots, (k) => k[0]), lat: Float64Array.from(knots, (k) => k[1]), second: Float64Array.from(knots, (k) => k[2]), roundS: second };
}

/** How fast one takes a bend. Units: m/s. */
function turnLimit(before: Position, at: Position, after: Position): number {
  if (distanceM(before, at) < 0.5 || distanceM(at, after) < 0.5) return Infinity;
  const turn = turnBetween(bearingDeg(before, at), bearingDeg(at, after));
  return turn < 12 ? Infinity : Math.max(SLOWEST, 16 - turn * 0.13);
}

/** Where a tour is at a second of its round, and how fast on the ground. Units: m/s, degrees clockwise from north. */
export function placeOnTour(tour: Tour, atS: number): { position: Position; speed: number; headingDeg: number } {
  const wanted = ((atS % tour.roundS) + tour.roundS) % tour.roundS;
  let low = 0;
  let high = tour.second.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (tour.second[middle]! <= wanted) low = middle;
    else high = middle;
  }
  const a: Position = [tour.lon[low]!, tour.lat[low]!];
  const b: Position = [tour.lon[high]!, tour.lat[high]!];
  const span = tour.second[high]! - tour.second[low]!;
  const share = span > 0 ? (wanted - tour.second[low]!) / span : 0;
  const isWaiting = a[0] === b[0] && a[1] === b[1];
  return {
    position: [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share],
    speed: isWaiting || span <= 0 ? 0 : distanceM(a, b) / span,
    headingDeg: isWaiting ? headingAfter(tour, high) : bearingDeg(a, b),
  };
}

function headingAfter(tour: Tour, knot: number): number {
  const after = Math.min(knot + 1, tour.second.length - 1);
  return bearingDeg([tour.lon[knot]!, tour.lat[knot]!], [tour.lon[after]!, tour.lat[after]!]);
}
