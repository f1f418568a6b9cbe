import Type, { type Static } from 'typebox';
import { UnitCode } from '#contract/base.ts';

/** What this widget may be told by a scene. */
export const settings = Type.Object(
  {
    unit: Type.Optional(UnitCode),
    services: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 40 })),
    overdueOnly: Type.Optional(Type.Boolean()),
    newestFirst: Type.Optional(Type.Boolean({ description: 'what came last on top, with its age; else what is longest overdue' })),
    /** A place in question; then only reports around it. Units: degrees [lon, lat]. */
    near: Type.Optional(Type.Tuple([Type.Number(), Type.Number()])),
    /** Units: metres. */
    withinM: Type.Optional(Type.Number({ minimum: 10, maximum: 50_000, default: 1000 })),
  },
  { additionalProperties: false },
);
export type Settings = Static<typeof settings>;
