import Type, { type Static } from 'typebox';
import { Level, UnitCode } from '#contract/base.ts';
import { AlertKind } from '#contract/topics/alert.ts';

/** What this widget may be told by a scene. */
export const settings = Type.Object(
  {
    levels: Type.Optional(Type.Array(Level, { maxItems: 4 })),
    kinds: Type.Optional(Type.Array(AlertKind, { maxItems: 8 })),
    unit: Type.Optional(UnitCode),
    most: Type.Optional(Type.Integer({ minimum: 1, maximum: 5 })),
  },
  { additionalProperties: false },
);
export type Settings = Static<typeof settings>;
