import Type, { type Static } from 'typebox';

/** What this widget may be told by a scene. */
export const settings = Type.Object(
  {
    /** The wall whose log is shown; all walls when none is named. */
    wall: Type.Optional(Type.String({ maxLength: 64, pattern: '^[a-z0-9][a-z0-9-]*$' })),
  },
  { additionalProperties: false },
);
export type Settings = Static<typeof settings>;
