import Type, { type Static } from 'typebox';

/** What this widget may be told by a scene. */
export const settings = Type.Object(
  {
    vi: Type.Optional(Type.String({ maxLength: 1000 })),
    en: Type.Optional(Type.String({ maxLength: 1000 })),
    size: Type.Optional(Type.Union([Type.Literal('body'), Type.Literal('label'), Type.Literal('value'), Type.Literal('hero')])),
  },
  { additionalProperties: false },
);
export type Settings = Static<typeof settings>;
