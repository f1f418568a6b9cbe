import { distanceM } from '../../../geo/distance.ts';
import mix from './incidentMix.json' with { type: 'json' };
import type { Incident, Incidents } from './incidents.ts';
import type { Tour } from './tour.ts';

const MINUTE_MS = 60_000;
/** A jam has formed, and melts away, within this time. */
const FORMING_MS = 2 * MINUTE_MS;
/** A tour that comes this near passes the incident. */
const PASSES_WITHIN_M = 45;
/** Length of the queue before an incident, and of the way after it on which the time is made up again. Units: seconds of a free city. */
const QUEUE_S = 45;
const FREE_S = 3 * QUEUE_S;
/** Leaves the slowest place of the worst jam a fifth of its pace. */
const SOFTENED = 0.6;
const DEPTH = new Map(Object.entries(mix.slows).map(([kind, [, worst]]) => [kind, worst!]));

/** How far behind its timetable a vehicle is, and its pace there as a share of the free one. Units: seconds of a free city. */
export interface Held {
  behindS: number;
  pace: number;
}

/** What incidents do to vehicles: they queue before one and make the time up behind it, so that where they are depends on the moment alone. */
export interface Holds {
  at(moment: number): (vehicle: number, second: number) => Held;
}

const FREE: Held = { behindS: 0, pace: 1 };

export function createHolds(tours: readonly Tour[], incidents: Pick<Incidents, 'activeAt'>): Holds {
  /** Where each tour passes an incident, by slot and vehicle. */
  const passes = new Map<number, Map<number, number>>();

  const passesOf = (incident: Incident): Map<number, number> => {
    const known = passes.get(incident.slot);
    if (known) return known;
    const found = new Map<number, number>();
    tours.forEach((tour, vehicle) => {
      const second = passOf(tour, incident.spot.position);
      if (second !== undefined) found.set(vehicle, second);
    });
    passes.set(incident.slot, found);
    return found;
  };

  return {
    at(moment) {
      const active = incidents.activeAt(moment).filter(({ kind }) => DEPTH.has(kind));
      const slots = new Set(active.map(({ slot }) => slot));
      for (const slot of passes.keys()) if (!slots.has(slot)) passes.delete(slot);
      const jams = active.map((incident) => ({ depth: depthOf(incident, moment), passes: passesOf(incident) }));
      return (vehicle, second) => {
        let worst = FREE;
        for (const { depth, passes: where } of jams) {
          const pass = where.get(vehicle);
          if (pass === undefined) continue;
          const held = heldAt(second, pass, depth, tours[vehicle]!.roundS);
          if (held.behindS > worst.behindS) worst = held;
        }
        return worst;
      };
    },
  };
}

function depthOf({ kind, level, startAt, endAt }: Incident, moment: number): number {
  const formed = Math.max(0, Math.min(1, (moment - startAt) / FORMING_MS, (endAt - moment) / FORMING_MS));
  return DEPTH.get(kind)! * (level <= 2 ? 1 : 0.75) * formed;
}

function passOf(tour: Tour, [lon, lat]: readonly [number, number]): number | undefined {
  if (tour.roundS < 2 * (QUEUE_S + FREE_S)) return undefined;
  let nearest = PASSES_WITHIN_M;
  let second: number | undefined;
  for (let knot = 0; knot < tour.second.length; knot++) {
    if (Math.abs(tour.lon[knot]! - lon) > 0.001 || Math.abs(tour.lat[knot]! - lat) > 0.001) continue;
    const away = distanceM([tour.lon[knot]!, tour.lat[knot]!], [lon, lat]);
    if (away >= nearest) continue;
    nearest = away;
    second = tour.second[knot]!;
  }
  return second;
}

/** Behind grows along the queue and shrinks on the free way; both are slower than time itself, so nobody drives backwards. */
function heldAt(second: number, pass: number, depth: number, roundS: number): Held {
  const ahead = (((second - pass) % roundS) + roundS) % roundS;
  const past = ahead > roundS / 2 ? ahead - roundS : ahead;
  if (past <= -QUEUE_S || past >= FREE_S) return FREE;
  const most = SOFTENED * depth * QUEUE_S;
  const [turn, lengthS] = past < 0 ? [Math.PI * (past / QUEUE_S), QUEUE_S] : [Math.PI * (past / FREE_S), FREE_S];
  return { behindS: (most * (1 + Math.cos(turn))) / 2, pace: 1 + ((most * Math.PI) / 2 / lengthS) * Math.sin(turn) };
}
