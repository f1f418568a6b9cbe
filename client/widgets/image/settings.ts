import Type, { type Static } from 'typebox';

/** What this widget may be told by a scene. */
export const settings = Type.Object({
  /** Address on this server. */
  src: Type.Optional(Type.String({ maxLength: 500, pattern: '^/(?!/)' })),
  fit: Type.Optional(Type.Union([Type.Literal('contain'), Type.Literal('cover')])),
  alt: Type.Optional(Type.String({ maxLength: 300 })),
}, { additionalProperties: false });
export type Settings = Static<typeof settings>;
