import type { ReplayClock } from '#contract/replay.ts';

/**
 * The moment a replay shows at a moment of server time: the same on every output and for every late joiner.
 * Units: `serverNow` real time, the answer domain time, epoch ms.
 */
export function pastAt({ at, since, rate, until }: ReplayClock, serverNow: number): number {
  const shown = at + Math.max(0, serverNow - since) * rate;
  return until === undefined ? shown : Math.min(shown, Math.max(at, until));
}
