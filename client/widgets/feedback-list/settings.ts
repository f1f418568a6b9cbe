import Type, { type Static } from 'typebox';
import { UnitCode } from '#contract/base.ts';

/** What this widget may be told by a scene. */
export const settings = Type.Object(
  {
    unit: Type.Optional(UnitCode),
    services: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 40 })),
    overdueOnly: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type Settings = Static<typeof settings>;
