import Type, { type Static } from 'typebox';
import { Id } from '#contract/base.ts';

/** What this widget may be told by a scene. */
export const settings = Type.Object(
  {
    /** Id of the conference codec in the register of cameras: its RTSP or HLS address stays on the server. */
    camera: Type.Optional(Id),
    label: Type.Optional(Type.String({ maxLength: 120 })),
  },
  { additionalProperties: false },
);
export type Settings = Static<typeof settings>;
