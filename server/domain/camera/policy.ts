import type { CameraConnection } from '#contract/cameras.ts';
import policy from './policy.json' with { type: 'json' };

const HOUR_MS = 3_600_000;

/** How often the round looks at every camera, and at how many at once. */
export const ROUND = { everyMs: policy.roundEveryMinutes * 60_000, atOnce: policy.atOnce };

/** When a fault should be mended. Units: epoch ms. */
export function faultDueAt(state: CameraConnection | null, now: number): number {
  const hours: Readonly<Record<string, number>> = policy.deadlineHours;
  return now + (hours[state ?? 'default'] ?? policy.deadlineHours.default) * HOUR_MS;
}
