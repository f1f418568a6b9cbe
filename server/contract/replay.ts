import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, Provenance } from '#contract/base.ts';

/**
 * How a replay runs: it shows `at` at server time `since` and goes on `rate` times as fast, up to `until`.
 * Units: `at` and `until` domain time, `since` real time.
 */
export const ReplayClock = Closed({
  at: EpochMs,
  since: EpochMs,
  rate: Type.Number({ minimum: 0, maximum: 600 }),
  until: Type.Optional(EpochMs),
});
export type ReplayClock = Static<typeof ReplayClock>;

/** A whole layer of moving things at a moment. `grain` says what it was rebuilt from; `bytes` is a frame in base64. */
export const PastFrame = Closed({
  layer: Type.Union([Type.Literal('vehicle'), Type.Literal('traffic')]),
  at: EpochMs,
  provenance: Type.Union([Provenance, Type.Literal('mixed')]),
  grain: Type.Union([Type.Literal('keyframe'), Type.Literal('five-minutes')]),
  bytes: Type.String(),
});
export type PastFrame = Static<typeof PastFrame>;

/** A moment that somebody wants to find again. */
export const Bookmark = Closed({
  id: Id,
  at: EpochMs,
  name: Type.String({ minLength: 1, maxLength: 200 }),
  wall: Type.Union([Type.String(), Type.Null()]),
  madeBy: Type.String(),
  madeAt: EpochMs,
});
export type Bookmark = Static<typeof Bookmark>;
