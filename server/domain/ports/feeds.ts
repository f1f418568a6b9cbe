import type { FeedHealth } from '#contract/entry.ts';

/** Every source that speaks or should speak, with its age. */
export interface FeedsPort {
  health(): FeedHealth[];
}
