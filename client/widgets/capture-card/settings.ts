import Type, { type Static } from 'typebox';

/** What this widget may be told by a scene. */
export const settings = Type.Object(
  {
    /** Part of the name of the video device, as the wall's machine calls it. */
    device: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
    label: Type.Optional(Type.String({ maxLength: 120 })),
    fit: Type.Optional(Type.Union([Type.Literal('contain'), Type.Literal('cover')])),
  },
  { additionalProperties: false },
);
export type Settings = Static<typeof settings>;
