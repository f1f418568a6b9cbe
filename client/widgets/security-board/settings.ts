import Type, { type Static } from 'typebox';

/** What this widget may be told by a scene. */
export const settings = Type.Object({
  /** Least grave severity that is listed; 1 is the gravest. */
  most: Type.Optional(Type.Integer({ minimum: 1, maximum: 4, default: 4 })),
}, { additionalProperties: false });
export type Settings = Static<typeof settings>;
