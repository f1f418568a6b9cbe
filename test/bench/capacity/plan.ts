import { createRandom, type Random } from '../../../server/kernel/random.ts';
import demand from './demand.json' with { type: 'json' };

/** What one of each thing costs, as `capacity` of the bench measured it. Units: those of its figures. */
export type Costs = Readonly<Record<(typeof COSTS)[number], number>>;
export const COSTS = ['rest', 'screen', 'request', 'event', 'write', 'delivery', 'tail.request', 'tail.event', 'store.rest', 'store.request', 'store.event', 'log-bytes', 'screen-bytes', 'delivery-bytes', 'head', 'viewer', 'viewer-bytes', 'camera', 'camera-memory'] as const;

/** What an arrangement needs for its busiest minute; one more server in each installation than that. */
export interface Need {
  cities: number;
  installations: number;
  screens: number;
  /** Units: events a second, mean of the hour and of its busiest minute. */
  events: { mean: number; busiest: number };
  /** Units: commits a second in the busiest minute of the busiest log. */
  commits: number;
  /** Wait for the head of the log, all but one in a thousand commits. Units: ms. Infinity: it never catches up. */
  waitMs: number;
  servers: number;
  /** Part of a full server process that goes into following the log, whoever its screens belong to. */
  followShare: number;
  serverCores: number;
  storeCores: number;
  cameraCores: number;
  wireMbit: number;
  logGbADay: number;
}

const HOUR_S = 3600;
const SLOTS = 20;
const MINUTE_S = 60;
const BEHIND_MS = 60_000;

/** What came in one second to one city. */
interface Second {
  requests: number;
  events: number;
  /** Slots of 50 ms in which something came: as many writes go to each screen. */
  writes: number;
}

interface City {
  screens: number;
  viewers: number;
  camerasCopied: number;
  hour: readonly Second[];
}

function poisson(random: Random, mean: number): number {
  if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count++;
  return count;
}

/** The first centre has the size of the demand; the others are drawn, three times smaller or larger being nothing rare. */
function cityOf(random: Random, at: number): City {
  const size = at === 0 ? 1 : Math.exp(demand.sizeSpread * random.normal() - demand.sizeSpread ** 2 / 2);
  const stormsFrom = random.next() < demand.stormShare ? random.below(HOUR_S - demand.stormS) : Infinity;
  const hour = Array.from({ length: HOUR_S }, (_, second): Second => {
    const isStorm = second >= stormsFrom && second < stormsFrom + demand.stormS;
    const requests = poisson(random, ((demand.eventsPerS * size) / demand.eventsPerRequest) * (isStorm ? demand.stormFactor : 1));
    const slots = new Set(Array.from({ length: requests }, () => random.below(SLOTS)));
    return { requests, events: requests * demand.eventsPerRequest, writes: slots.size };
  });
  return { screens: Math.round(demand.screens * size), viewers: Math.round(demand.viewers * size), camerasCopied: Math.round(demand.camerasCopied * size), hour };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const busiestMinute = (seconds: readonly number[]): number => Math.max(...Array.from({ length: seconds.length / MINUTE_S }, (_, minute) => sum(seconds.slice(minute * MINUTE_S, (minute + 1) * MINUTE_S)) / MINUTE_S));

/** How long commits wait behind one another when the head of the log serves so many a second. Units: ms. */
function waitOf(requests: readonly number[], commitsPerS: number, random: Random): number {
  const serveMs = 1000 / commitsPerS;
  let freeAt = 0;
  const waits: number[] = [];
  for (const [second, count] of requests.entries()) {
    for (const at of Array.from({ length: count }, () => second * 1000 + random.next() * 1000).sort((a, b) => a - b)) {
      const begins = Math.max(at, freeAt);
      waits.push(begins - at);
      freeAt = begins + serveMs;
    }
  }
  const wait = waits.sort((a, b) => a - b)[Math.floor(waits.length * 0.999)] ?? 0;
  return wait > BEHIND_MS ? Infinity : wait;
}

/** One installation with one log for these cities. Screens of a city hear of their own city only. */
function installationFor(cities: readonly City[], costs: Costs, random: Random): Need {
  const seconds = Array.from({ length: HOUR_S }, (_, at) => at);
  const requests = seconds.map((at) => sum(cities.map(({ hour }) => hour[at]!.requests)));
  const events = seconds.map((at) => sum(cities.map(({ hour }) => hour[at]!.events)));
  const [screens, viewers, copied] = [sum(cities.map((city) => city.screens)), sum(cities.map((city) => city.viewers)), sum(cities.map((city) => city.camerasCopied))];
  /** Processor seconds of all servers in a second, but for what each of them does by itself. */
  const shared = seconds.map((at) => (requests[at]! * costs.request + events[at]! * costs.event + sum(cities.map(({ screens: own, hour }) => own * (costs.screen + hour[at]!.writes * costs.write + (hour[at]!.events * costs.delivery) / 1000)))) / 1e6 + (viewers * costs.viewer) / 1000);
  const each = seconds.map((at) => costs.rest / 1000 + (requests[at]! * costs['tail.request'] + events[at]! * costs['tail.event']) / 1e6);
  const [busyShared, busyEach] = [busiestMinute(shared), busiestMinute(each)];
  const room = demand.coreShare - busyEach;
  const servers = room > 0 ? Math.ceil(busyShared / room) + 1 : Infinity;
  const meanEvents = sum(events) / HOUR_S;
  const wire = seconds.map((at) => sum(cities.map(({ screens: own, hour }) => own * (costs['screen-bytes'] + hour[at]!.events * costs['delivery-bytes']))) + viewers * costs['viewer-bytes'] * 1000);
  return {
    cities: cities.length, installations: 1, screens, servers, events: { mean: meanEvents, busiest: busiestMinute(events) }, commits: busiestMinute(requests), waitMs: waitOf(requests, costs.head, random),
    followShare: (busyEach - costs.rest / 1000) / demand.coreShare, serverCores: busyShared + servers * busyEach,
    storeCores: busiestMinute(seconds.map((at) => costs['store.rest'] / 1000 + (requests[at]! * costs['store.request'] + events[at]! * costs['store.event']) / 1e6)),
    cameraCores: (copied * costs.camera) / 1000, wireMbit: (busiestMinute(wire) * 8) / 1e6, logGbADay: (meanEvents * costs['log-bytes'] * demand.dayHoursOfBusy * HOUR_S) / 1e9,
  };
}

/** So many cities in one busy hour, all in one installation or each in its own. The same seed gives the same hour. */
export function needOf(count: number, way: 'one log' | 'a log each', costs: Costs, seed = 34): Need {
  const random = createRandom(seed);
  const cities = Array.from({ length: count }, (_, at) => cityOf(random.fork(`city ${at}`), at));
  if (way === 'one log') return installationFor(cities, costs, random.fork('log'));
  const all = cities.map((city, at) => installationFor([city], costs, random.fork(`log ${at}`)));
  const total = (of: (need: Need) => number) => sum(all.map(of));
  return {
    cities: count, installations: count, screens: total(({ screens }) => screens), servers: total(({ servers }) => servers),
    events: { mean: total(({ events }) => events.mean), busiest: total(({ events }) => events.busiest) },
    commits: Math.max(...all.map(({ commits }) => commits)), waitMs: Math.max(...all.map(({ waitMs }) => waitMs)), followShare: Math.max(...all.map(({ followShare }) => followShare)),
    serverCores: total(({ serverCores }) => serverCores), storeCores: total(({ storeCores }) => storeCores), cameraCores: total(({ cameraCores }) => cameraCores), wireMbit: total(({ wireMbit }) => wireMbit), logGbADay: total(({ logGbADay }) => logGbADay),
  };
}
