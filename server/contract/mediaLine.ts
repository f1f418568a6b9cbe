import Type, { type Static } from 'typebox';
import { Closed, Id } from '#contract/base.ts';

/** Namespace of the socket that carries pictures only, so that video never stands before an alert. */
export const MEDIA_NAMESPACE = '/media';

/** One file of a camera, asked for over that socket: the same names and the same rights as `GET /media/:camera/:file`. */
export const MediaAsk = Closed({
  camera: Id,
  file: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$' }),
  query: Type.Optional(Closed({
    _HLS_msn: Type.Optional(Type.String({ maxLength: 16 })),
    _HLS_part: Type.Optional(Type.String({ maxLength: 16 })),
    parts: Type.Optional(Type.String({ maxLength: 4 })),
    stream: Type.Optional(Type.String({ maxLength: 8 })),
    plays: Type.Optional(Type.String({ maxLength: 8 })),
  })),
});
export type MediaAsk = Static<typeof MediaAsk>;

/** Its answer; `status` is that of HTTP, `state` says why a camera can not be played. Shape: text for a playlist, bytes for anything else. */
export interface MediaTold {
  status: number;
  state?: string;
  body?: string | ArrayBuffer | Uint8Array;
}
