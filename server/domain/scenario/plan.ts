import type { Inject, Scenario } from '#contract/scenario.ts';
import { createRandom, type Random } from '../../kernel/random.ts';

const METRES_PER_DEGREE = 111_320;

/** One item to be sent at a moment of the scenario's clock. `ref` names the thing inside the scenario. */
export interface PlannedItem {
  topic: Inject['topic'];
  key: string;
  ref: string;
  item: Record<string, unknown>;
}

/** What comes when. Units: ms on the scenario's clock. */
export type PlannedEvent = { atMs: number; what: 'step'; index: number } | { atMs: number; what: 'send'; sent: PlannedItem };

/** A scenario as one line of events, in the only order they can come. */
export interface Plan {
  events: readonly PlannedEvent[];
  lengthMs: number;
}

function moved(position: unknown, withinM: number, random: Random): unknown {
  const [lon, lat] = position as [number, number];
  const distance = withinM * Math.sqrt(random.next());
  const angle = 2 * Math.PI * random.next();
  const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;
  return [round(lon + (distance * Math.cos(angle)) / (METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180))), round(lat + (distance * Math.sin(angle)) / METRES_PER_DEGREE)];
}

function scattered({ topic, ref, item, scatter }: Inject, key: string, fromMs: number, random: Random): PlannedEvent[] {
  const { count, overS, withinM = 0, vary = {} } = scatter!;
  return Array.from({ length: count }, (_, index): PlannedEvent => {
    const own = random.fork(`${key}-${index}`);
    const varied = Object.fromEntries(Object.entries(vary).map(([field, values]) => [field, own.pick(values)]));
    const whole = { ...item, ...varied };
    const position = whole['position'] ? { position: moved(whole['position'], withinM, own) } : {};
    const atMs = fromMs + Math.floor(((index + own.next()) / count) * overS * 1000);
    return { atMs, what: 'send', sent: { topic, key: `${key}-${index + 1}`, ref: `${ref}-${index + 1}`, item: { ...whole, ...position } } };
  });
}

/** Lays a scenario out on its clock. The same file gives the same plan everywhere: chance comes from its seed only. */
export function planOf(scenario: Scenario): Plan {
  const random = createRandom(scenario.seed ?? 0);
  const events = scenario.steps.flatMap((step, index): PlannedEvent[] => [
    { atMs: step.at * 1000, what: 'step', index },
    ...(step.inject ?? []).flatMap((inject, nth): PlannedEvent[] => {
      const key = `${step.id}-${nth + 1}`;
      const atMs = (step.at + (inject.afterS ?? 0)) * 1000;
      if (inject.scatter) return scattered(inject, key, atMs, random);
      return [{ atMs, what: 'send', sent: { topic: inject.topic, key, ref: inject.ref, item: inject.item } }];
    }),
  ]);
  return { events: events.map((event, order) => ({ event, order })).sort((a, b) => a.event.atMs - b.event.atMs || a.order - b.order).map(({ event }) => event), lengthMs: scenario.clock.lengthS * 1000 };
}
