import Type, { type Static } from 'typebox';

/** What this widget may be told by a scene. */
export const settings = Type.Object(
  {
    /** Address of a PDF document among the wall's files. */
    src: Type.Optional(Type.String({ maxLength: 200, pattern: '^/files/[A-Za-z0-9][A-Za-z0-9._-]*\\.pdf$' })),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 9999 })),
  },
  { additionalProperties: false },
);
export type Settings = Static<typeof settings>;
