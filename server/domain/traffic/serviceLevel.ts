import type { ServiceLevel } from '#contract/traffic.ts';

/** Least share of the free-flow speed of each level. Source: HCM 2010, urban street segments. */
const FLOORS: readonly (readonly [number, ServiceLevel])[] = [[0.85, 'A'], [0.67, 'B'], [0.5, 'C'], [0.4, 'D'], [0.3, 'E']];

export const SERVICE_LEVELS: readonly ServiceLevel[] = ['A', 'B', 'C', 'D', 'E', 'F'];

/** Level of service for a speed as a share of free flow. */
export const serviceLevelOf = (ratio: number): ServiceLevel => FLOORS.find(([floor]) => ratio > floor)?.[1] ?? 'F';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ZONE_MS = 7 * HOUR_MS;

/** The hour of the week's kind a moment belongs to: 0–23 on working days, 24–47 at the weekend, in Asia/Ho_Chi_Minh. */
export function hourKind(at: number): number {
  const local = at + ZONE_MS;
  const weekday = (Math.floor(local / DAY_MS) + 4) % 7;
  const hour = Math.floor((local % DAY_MS) / HOUR_MS);
  return weekday === 0 || weekday === 6 ? hour + 24 : hour;
}
