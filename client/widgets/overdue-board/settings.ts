import Type, { type Static } from 'typebox';

/** What this widget may be told by a scene. */
export const settings = Type.Object(
  {
    /** What is counted; both unless said otherwise. */
    about: Type.Optional(Type.Union([Type.Literal('handling-request'), Type.Literal('feedback')])),
  },
  { additionalProperties: false },
);
export type Settings = Static<typeof settings>;
