import type { CameraConnection } from '#contract/cameras.ts';

/** One look at a camera. Units: epoch ms. */
export interface CameraCheck {
  at: number;
  state: CameraConnection;
}

/** What the looks of a period say. `availability` is null when nobody looked. Units: ms. */
export interface HealthFigures {
  availability: number | null;
  outages: number;
  longestOutageMs: number;
  frozenMs: number;
  /** The newest state and since when it has held without a break. */
  state: CameraConnection | null;
  since: number | null;
  checkedAt: number | null;
}

const UP: ReadonlySet<CameraConnection> = new Set(['live']);
/** A look says nothing about what comes later than this. Units: ms. */
export const LOOK_HOLDS_MS = 30 * 60_000;

/**
 * Figures of a period from the looks at one camera. A look holds until the next one, and never longer than half an hour: time nobody
 * looked at counts neither for nor against the camera.
 * Shape: looks in order of time.
 */
export function healthOf(checks: readonly CameraCheck[], to: number): HealthFigures {
  let seenMs = 0;
  let upMs = 0;
  let frozenMs = 0;
  let outages = 0;
  let longestOutageMs = 0;
  let outageMs = 0;
  let since: number | null = null;
  for (const [index, { at, state }] of checks.entries()) {
    const before = checks[index - 1];
    const holdsMs = Math.max(0, Math.min((checks[index + 1]?.at ?? to) - at, LOOK_HOLDS_MS));
    const isUp = UP.has(state);
    if (before?.state !== state) since = at;
    seenMs += holdsMs;
    if (isUp) {
      upMs += holdsMs;
      outageMs = 0;
      continue;
    }
    if (!before || UP.has(before.state)) outages += 1;
    outageMs += holdsMs;
    longestOutageMs = Math.max(longestOutageMs, outageMs);
    if (state === 'frozen') frozenMs += holdsMs;
  }
  const last = checks.at(-1);
  return { availability: seenMs === 0 ? null : upMs / seenMs, outages, longestOutageMs, frozenMs, state: last?.state ?? null, since, checkedAt: last?.at ?? null };
}
