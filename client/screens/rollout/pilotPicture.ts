import type { OrganisationMap } from '#contract/organisation.ts';
import type { PilotStanding } from '#contract/rollout.ts';
import { apart, drawn, type DrawnArea } from '../../live/outlines.ts';

/** How an area stands: the gravest of its pilots. */
export type AreaLevel = 'red' | 'running' | 'planned' | 'ended' | 'none';

export interface PilotArea extends DrawnArea {
  level: AreaLevel;
  pilots: readonly PilotStanding[];
}

export interface PilotPicture {
  height: number;
  areas: PilotArea[];
  /** Names of areas with a pilot that the map of today does not know. */
  unplaced: string[];
}

const KINDS = /^(phuong|xa|dac khu|quan|huyen|thi xa|thanh pho)\s+/;
/** A name as people type it: without marks, case and the kind of unit before it. */
export const plainName = (name: string): string => name.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'd').toLowerCase().replaceAll(/[’']/g, '').trim().replace(KINDS, '');

function levelOf(pilots: readonly PilotStanding[]): AreaLevel {
  if (pilots.some(({ isRed }) => isRed)) return 'red';
  if (pilots.some(({ state }) => state === 'running' || state === 'late')) return 'running';
  if (pilots.some(({ state }) => state === 'planned' || state === 'not-started')) return 'planned';
  return pilots.length > 0 ? 'ended' : 'none';
}

type Outlined = OrganisationMap['areas'][number];
/** Room around the areas with pilots. Units: degrees. */
const ROOM = 0.05;

/** The areas that lie about the chosen ones; all of them when none is chosen. */
function around(areas: readonly Outlined[], chosen: readonly Outlined[]): readonly Outlined[] {
  if (chosen.length === 0) return areas;
  const points = chosen.flatMap(({ rings }) => rings.flat());
  const edge = (axis: 0 | 1, pick: (...values: number[]) => number, room: number) => pick(...points.map((point) => point[axis])) + room;
  const [west, east, south, north] = [edge(0, Math.min, -ROOM), edge(0, Math.max, ROOM), edge(1, Math.min, -ROOM), edge(1, Math.max, ROOM)];
  return areas.filter(({ rings }) => rings.some((ring) => ring.every(([lon, lat]) => lon > west && lon < east && lat > south && lat < north)));
}

/** Areas with their pilots, and those about them, in a picture of a width; none for a province without outlines. */
export function pilotPicture({ areas }: Pick<OrganisationMap, 'areas'>, pilots: readonly PilotStanding[], width: number): PilotPicture | null {
  const { near } = apart(areas);
  if (near.length === 0) return null;
  const byName = Map.groupBy(pilots, ({ plan }) => plainName(plan.area));
  const picture = drawn({ areas: around(near, near.filter(({ name }) => byName.has(plainName(name)))).map((area) => ({ ...area, vendor: null, level: '', text: null })) }, width);
  const known = new Set(near.map(({ name }) => plainName(name)));
  return {
    height: picture.height,
    areas: picture.areas.map((area) => {
      const own = byName.get(plainName(area.name)) ?? [];
      return { ...area, level: levelOf(own), pilots: own };
    }),
    unplaced: [...byName].filter(([name]) => !known.has(name)).map(([, [first]]) => first!.plan.area),
  };
}

/** A stretch of days inside a longer one. Units: 0 to 1 of the whole. */
export interface Stretch {
  from: number;
  to: number;
}

/** What was planned first, what is planned now, and what came of it, on one scale for all pilots. `now` is the day of asking. */
export function timelineOf(pilots: readonly PilotStanding[], on: string): { now: number | null; of(pilot: PilotStanding): { baseline: Stretch; plan: Stretch; actual: Stretch | null } } {
  const days = pilots.flatMap(({ plan, baseline }) => [plan.plannedFrom, plan.plannedTo, baseline.plannedFrom, baseline.plannedTo, plan.beganOn ?? '', plan.endedOn ?? '']).filter(Boolean).map((day) => Date.parse(day));
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const place = (day: string) => Math.min(1, Math.max(0, (Date.parse(day) - first) / Math.max(1, last - first)));
  const today = Date.parse(on);
  return {
    now: today >= first && today <= last ? place(on) : null,
    of: ({ plan, baseline }) => ({
      baseline: { from: place(baseline.plannedFrom), to: place(baseline.plannedTo) },
      plan: { from: place(plan.plannedFrom), to: place(plan.plannedTo) },
      actual: plan.beganOn === null ? null : { from: place(plan.beganOn), to: place(plan.endedOn ?? (on < plan.beganOn ? plan.beganOn : on)) },
    }),
  };
}
