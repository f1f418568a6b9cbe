import Type, { type Static } from 'typebox';

/** What this widget may be told by a scene. Thresholds are not among it: RED is judged by the rules in force. */
export const settings = Type.Object(
  {
    /** Codes of the indicators to show; all when absent. */
    codes: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 200 })),
  },
  { additionalProperties: false },
);
export type Settings = Static<typeof settings>;
