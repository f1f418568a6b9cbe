import type { TrafficItem } from '#contract/topics/telemetry.ts';
import type { Random } from '../../kernel/random.ts';
import type { RoadGraph, RoadSegment } from '../../../geo/streets.ts';
import { congestionAt } from './dayCurve.ts';
import mix from './incidentMix.json' with { type: 'json' };
import type { Incident, Incidents } from './incidents.ts';
import { smoothNoise } from './smoothNoise.ts';
import { isForVehicles } from './streetNet.ts';

const MINUTE_MS = 60_000;
const NOISE_MS = 4 * MINUTE_MS;
/** How fast a jam grows along the streets. Units: hops per minute. */
const GROWTH = 0.8;
const SLOWS = new Map(Object.entries(mix.slows) as [string, [number, number]][]);
/** How hard the rush hour hits a class of street. */
const BURDEN = new Map([['primary', 0.5], ['secondary', 0.45], ['link', 0.4], ['tertiary', 0.35]]);

/** Speeds of the streets, as a function of the moment. */
export interface Traffic {
  /** One share of `shares` of all segments, so that a batch may go out every second. */
  at(moment: number, share: number, shares: number): TrafficItem[];
  size: number;
}

/** Rush hours, what is particular to each street, and jams that spread from incidents and melt away. */
export function createTraffic(roads: RoadGraph, incidents: Incidents, random: Random): Traffic {
  const segments = roads.segments.filter((segment) => isForVehicles(segment) && !segment.isTurn);
  const noise = smoothNoise(random);
  const burden = new Map(segments.map(({ id, class: kind, isBridge }) => [id, (BURDEN.get(kind) ?? 0.25) * (isBridge ? 1.25 : 1) * (0.7 + 0.6 * random.fork(id).next())]));
  const jamOf = createJams(segments);
  return {
    size: segments.length,
    at(moment, share, shares) {
      const jams = jamOf(incidents.activeAt(moment), moment);
      const congestion = congestionAt(moment);
      return segments.flatMap((segment, index) => {
        if (index % shares !== share) return [];
        const { id, freeFlowKmh, name } = segment;
        const ripple = 0.1 * (noise(name ?? id, moment / NOISE_MS) - 0.5);
        const ratio = Math.max(0.08, (1 - burden.get(id)! * congestion + ripple) * (1 - (jams.get(id) ?? 0)));
        return [{ key: `${id}@${moment}`, segment: id, at: moment, provenance: 'simulated' as const, speedKmh: Number((Math.min(1.05, ratio) * freeFlowKmh).toFixed(1)) }];
      });
    },
  };
}

/** How much each segment is slowed. Shape: segment id → 0 (free) to 1 (blocked). */
function createJams(segments: readonly RoadSegment[]) {
  const touching = new Map<number, RoadSegment[]>();
  for (const segment of segments) for (const node of [segment.from, segment.to]) touching.set(node, [...(touching.get(node) ?? []), segment]);
  const rings = new Map<number, Map<string, number>>();

  const ringsOf = ({ slot, spot }: Incident, most: number): Map<string, number> => {
    const known = rings.get(slot);
    if (known) return known;
    const hops = new Map([[spot.segment.id, 0]]);
    let edge: RoadSegment[] = [spot.segment];
    for (let hop = 1; hop <= most; hop++) {
      edge = edge.flatMap(({ from, to }) => [...(touching.get(from) ?? []), ...(touching.get(to) ?? [])]).filter(({ id }) => !hops.has(id));
      for (const { id } of edge) hops.set(id, hop);
    }
    rings.set(slot, hops);
    return hops;
  };

  return (active: readonly Incident[], moment: number): Map<string, number> => {
    const slowed = new Map<string, number>();
    for (const incident of active) {
      const [most, worst] = SLOWS.get(incident.kind) ?? [0, 0];
      if (most === 0) continue;
      const grown = Math.min(((moment - incident.startAt) / MINUTE_MS) * GROWTH, ((incident.endAt - moment) / MINUTE_MS) * 2 * GROWTH) * (incident.level <= 2 ? 1.3 : 0.8);
      const depth = worst * (incident.level <= 2 ? 1 : 0.75);
      for (const [id, hop] of ringsOf(incident, most)) {
        const reach = Math.min(1, Math.max(0, grown - hop) / 2);
        slowed.set(id, Math.max(slowed.get(id) ?? 0, depth * reach * (1 - hop / (most + 1))));
      }
    }
    const slots = new Set(active.map(({ slot }) => slot));
    for (const slot of rings.keys()) if (!slots.has(slot)) rings.delete(slot);
    return slowed;
  };
}
