import Type, { type Static } from 'typebox';

/** What this widget may be told by a scene. */
export const settings = Type.Object({
  direction: Type.Optional(Type.Union([Type.Literal('in'), Type.Literal('out')])),
}, { additionalProperties: false });
export type Settings = Static<typeof settings>;
