import Type, { type Static } from 'typebox';

const Code = Type.String({ maxLength: 64 });

/** What this widget may be told by a scene: pairs of indicators, of all there are and of those that are watched. */
export const settings = Type.Object(
  {
    kinds: Type.Optional(Type.Array(Type.Object({ label: Type.String({ maxLength: 40 }), all: Code, watched: Code }, { additionalProperties: false }), { minItems: 1, maxItems: 3 })),
  },
  { additionalProperties: false },
);
export type Settings = Static<typeof settings>;
