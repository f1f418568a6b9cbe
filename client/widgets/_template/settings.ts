import Type, { type Static } from 'typebox';
import { Level } from '#contract/base.ts';

/** What this widget may be told by a scene. */
export const settings = Type.Object(
  {
    level: Type.Optional(Level),
  },
  { additionalProperties: false },
);
export type Settings = Static<typeof settings>;
