import type { Level } from '#contract/base.ts';
import type { AlertKind } from '#contract/topics/alert.ts';
import type { Random } from '../../kernel/random.ts';
import type { City, Spot } from './city.ts';
import { congestionAt, hourOfDay } from './dayCurve.ts';
import mix from './incidentMix.json' with { type: 'json' };
import places from './incidentPlaces.json' with { type: 'json' };
import type { Weather } from './weather.ts';

const MINUTE_MS = 60_000;

/** Something that happens in the sample city, from its beginning to its end. Units: epoch ms. */
export interface Incident {
  slot: number;
  kind: AlertKind;
  level: Level;
  spot: Spot;
  startAt: number;
  endAt: number;
  /** Chance of its own, for texts, areas and updates. */
  random: Random;
}

/** Incidents by slot of time: the same slot always holds the same incident. */
export interface Incidents {
  inSlot(slot: number): Incident;
  slotOf(at: number): number;
  /** Those going on at a moment. */
  activeAt(at: number): Incident[];
}

/** Longest life of an incident. Units: ms. */
export const LONGEST_LIFE_MS = Math.max(...Object.values(mix.lifeMinutes).map(([, most]) => most!)) * MINUTE_MS;

type Weights = Record<string, number>;

/** One incident per `everyMs`, levels mixed exactly within every twenty. */
export function createIncidents(city: City, weather: Weather, random: Random, everyMs: number): Incidents {
  const kept = new Map<number, Incident>();
  const levelOf = (slot: number): Level => {
    const block = Math.floor(slot / mix.levels.length);
    const order = shuffled(mix.levels, random.fork(`levels-${block}`));
    return order[slot - block * mix.levels.length] as Level;
  };
  const make = (slot: number): Incident => {
    const own = random.fork(`slot-${slot}`);
    const level = levelOf(slot);
    const startAt = Math.floor((slot + 0.75 * own.next()) * everyMs);
    const kind = weighted(atHour(mix.kinds[level], startAt, weather), own) as AlertKind;
    const [least = 10, most = 30] = mix.lifeMinutes[level];
    const life = (least + (most - least) * own.next()) * MINUTE_MS;
    return { slot, kind, level, spot: spotFor(kind, city, own), startAt, endAt: Math.floor(startAt + life), random: own.fork('texts') };
  };
  const inSlot = (slot: number): Incident => {
    const incident = kept.get(slot) ?? make(slot);
    kept.set(slot, incident);
    const oldest = slot - Math.ceil((3 * LONGEST_LIFE_MS) / everyMs);
    for (const known of kept.keys()) if (known < oldest) kept.delete(known);
    return incident;
  };
  const slotOf = (at: number) => Math.floor(at / everyMs);
  return {
    inSlot,
    slotOf,
    activeAt(at) {
      const first = slotOf(at - LONGEST_LIFE_MS);
      return Array.from({ length: slotOf(at) - first + 1 }, (_, i) => inSlot(first + i)).filter(({ startAt, endAt }) => startAt <= at && at < endAt);
    },
  };
}

/** Jams follow the rush hours, floods the rain, crowds and disorder the evening. */
function atHour(weights: Weights, at: number, weather: Weather): Weights {
  const evening = Math.max(0, 1 - Math.abs(hourOfDay(at) - 20) / 4);
  const soaked = Math.min(1, weather.soakedAt(at) / 25);
  const factors: Weights = { congestion: 0.25 + 1.4 * congestionAt(at), flood: 0.5 + 3 * soaked, crowd: 0.6 + 1.6 * evening, 'public-order': 0.7 + evening };
  return Object.fromEntries(Object.entries(weights).map(([kind, weight]) => [kind, weight * (factors[kind] ?? 1)]));
}

function spotFor(kind: AlertKind, city: City, random: Random): Spot {
  const rule = random.pick<{ from: string; names?: string[]; classes?: string[] }>(places[kind]);
  if (rule.from === 'junction') return city.atJunction(random.pick(city.junctions));
  if (rule.from === 'bridge' && city.bridges.length > 0) return city.atBridge(random.pick(city.bridges));
  if (rule.from === 'place') {
    const known = city.places.filter((place) => rule.classes?.includes(place.class) && /^\p{L}[\p{L}\d ,]+$/u.test(place.name));
    if (known.length > 0) return city.nearPlace(random.pick(known));
  }
  const segments = rule.names?.flatMap((name) => city.streets.get(name) ?? []) ?? [];
  return city.onSegment(random.pick(segments.length > 0 ? segments : city.arterials));
}

function weighted(weights: Weights, random: Random): string {
  const rows = Object.entries(weights);
  let left = random.next() * rows.reduce((sum, [, weight]) => sum + weight, 0);
  return (rows.find(([, weight]) => (left -= weight) < 0) ?? rows[0]!)[0];
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
