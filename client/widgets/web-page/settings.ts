import Type, { type Static } from 'typebox';

/** What this widget may be told by a scene. */
export const settings = Type.Object({
  /** Address of a site that the administrator allowed. */
  src: Type.Optional(Type.String({ maxLength: 500, pattern: '^https://' })),
  /** Units: share of the page's own size. */
  zoom: Type.Optional(Type.Number({ minimum: 0.25, maximum: 6 })),
}, { additionalProperties: false });
export type Settings = Static<typeof settings>;
