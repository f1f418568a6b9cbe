import Type, { type Static } from 'typebox';

/** What this widget may be told by a scene. */
export const settings = Type.Object(
  {
    /** Declared rules of RED; a rule without a bound is never met. */
    rules: Type.Optional(
      Type.Array(
        Type.Object(
          { code: Type.String({ maxLength: 64 }), redBelow: Type.Optional(Type.Number()), redAbove: Type.Optional(Type.Number()) },
          { additionalProperties: false },
        ),
        { maxItems: 200 },
      ),
    ),
  },
  { additionalProperties: false },
);
export type Settings = Static<typeof settings>;
