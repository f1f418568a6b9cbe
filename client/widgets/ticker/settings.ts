import Type, { type Static } from 'typebox';

/** What this widget may be told by a scene. */
export const settings = Type.Object({
  /** Lines of the room's own, shown before the open alerts. */
  lines: Type.Optional(Type.Array(Type.String({ maxLength: 300 }), { maxItems: 20 })),
  alerts: Type.Optional(Type.Boolean({ default: true })),
}, { additionalProperties: false });
export type Settings = Static<typeof settings>;
