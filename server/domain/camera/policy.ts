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

/** How much film an alert keeps, of how many cameras at most. Units: ms, count. */
export const CLIP = { beforeMs: policy.clip.beforeSeconds * 1000, afterMs: policy.clip.afterSeconds * 1000, most: policy.clip.camerasPerAlert };

const DAY_MS = 24 * HOUR_MS;

/** Film may be kept of a camera that has a term for it and whose notice is not missing. */
export const mayKeepFilm = ({ retentionDays, noticePosted }: { retentionDays: number | null; noticePosted: boolean | null }): boolean => (retentionDays ?? 0) > 0 && noticePosted !== false;

/** When kept film must go: with the camera's term, or with that of what was taken out. Units: epoch ms. */
export const clipDeleteAt = (kind: 'alert' | 'export', retentionDays: number, now: number): number => now + (kind === 'export' ? policy.clip.exportDays : retentionDays) * DAY_MS;
