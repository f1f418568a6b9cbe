import Type, { type Static } from 'typebox';
import { Id } from '#contract/base.ts';

/** What this widget may be told by a scene. */
export const settings = Type.Object(
  {
    /** Id of the share; without it the newest. */
    share: Type.Optional(Id),
    fit: Type.Optional(Type.Union([Type.Literal('contain'), Type.Literal('cover')])),
  },
  { additionalProperties: false },
);
export type Settings = Static<typeof settings>;
