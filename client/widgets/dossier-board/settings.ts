import Type, { type Static } from 'typebox';

/** What this widget may be told by a scene. */
export const settings = Type.Object({
  /** Days back from the newest one. */
  days: Type.Optional(Type.Integer({ minimum: 1, maximum: 366, default: 30 })),
}, { additionalProperties: false });
export type Settings = Static<typeof settings>;
