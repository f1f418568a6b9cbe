import Type, { type Static } from 'typebox';
import { Id } from '#contract/base.ts';

/** What this widget may be told by a scene. */
export const settings = Type.Object(
  {
    cameras: Type.Optional(Type.Array(Id, { maxItems: 36 })),
    most: Type.Optional(Type.Integer({ minimum: 1, maximum: 36 })),
  },
  { additionalProperties: false },
);
export type Settings = Static<typeof settings>;
