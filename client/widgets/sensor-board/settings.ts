import Type, { type Static } from 'typebox';

/** What this widget may be told by a scene. */
export const settings = Type.Object(
  {
    kinds: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 20 })),
    refs: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 20 })),
  },
  { additionalProperties: false },
);
export type Settings = Static<typeof settings>;
