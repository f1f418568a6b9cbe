import Type, { type Static } from 'typebox';

/** What this widget may be told by a scene. */
export const settings = Type.Object(
  {
    seconds: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type Settings = Static<typeof settings>;
