import Type, { type Static } from 'typebox';

/** What this widget may be told by a scene. */
export const settings = Type.Object(
  {
    /** A moment of its own; without it the nearest deadline of the work in hand. Units: epoch ms. */
    at: Type.Optional(Type.Integer({ minimum: 0 })),
    label: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { additionalProperties: false },
);
export type Settings = Static<typeof settings>;
