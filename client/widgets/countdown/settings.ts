import Type, { type Static } from 'typebox';
import { EpochMs } from '#contract/base.ts';

/** What this widget may be told by a scene. */
export const settings = Type.Object(
  {
    /** A moment of its own; without it the nearest deadline of the work in hand. Units: epoch ms. */
    at: Type.Optional(EpochMs),
    /** A time of every week instead: 1 = Monday, Asia/Ho_Chi_Minh. */
    weekly: Type.Optional(Type.Object({ day: Type.Integer({ minimum: 1, maximum: 7 }), at: Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' }) }, { additionalProperties: false })),
    label: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { additionalProperties: false },
);
export type Settings = Static<typeof settings>;
