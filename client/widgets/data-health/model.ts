import type { FeedHealth } from '#contract/entry.ts';

/** A shape for every state, so that colour is not needed. */
export const FEED_SHAPES: Readonly<Record<FeedHealth['state'], string>> = { live: '●', stale: '◐', down: '✕', waiting: '○', off: '–' };
