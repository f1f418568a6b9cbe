import Type, { type Static } from 'typebox';
import { Id } from '#contract/base.ts';

/** What this widget may be told by a scene. */
export const settings = Type.Object(
  {
    /** Id of the alert; without it the most urgent open one. */
    alert: Type.Optional(Id),
  },
  { additionalProperties: false },
);
export type Settings = Static<typeof settings>;
