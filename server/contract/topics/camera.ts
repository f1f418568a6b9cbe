import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, itemBase, Line, MessageKey, Nullable, Position, Provenance, UnitCode } from '#contract/base.ts';
import { defineTopic } from '#contract/topic.ts';

/** Where a picture comes from. `loop` is a demo loop; `rtsp` is pulled by us; `hls` and `whep` are proxied from a gateway. */
export const StreamKind = Type.Union([Type.Literal('loop'), Type.Literal('rtsp'), Type.Literal('hls'), Type.Literal('whep')]);
export type StreamKind = Static<typeof StreamKind>;

/** One stream of a camera; that of a `recorder` is a template with `{start}` and `{end}`. `url` is a secret: encrypted at rest, never in a listing, a log or a browser. */
export const CameraStream = Closed({
  role: Type.Union([Type.Literal('main'), Type.Literal('sub'), Type.Literal('recorder')]),
  kind: StreamKind,
  url: Type.String({ minLength: 1, maxLength: 2000 }),
});
export type CameraStream = Static<typeof CameraStream>;

const Share = Type.Number({ minimum: 0, maximum: 1 });

/** Part of a picture that nobody may see: a window, a door, a yard. Shape: corners as shares of the picture's width and height, from the upper left. */
export const PictureMask = Type.Array(Type.Tuple([Share, Share]), { minItems: 3, maxItems: 12 });
export type PictureMask = Static<typeof PictureMask>;

/** A camera as a source registers it. Units: degrees clockwise from north, degrees, metres. */
export const CameraItem = Closed({
  ...itemBase,
  position: Position,
  name: Line(200),
  azimuth: Type.Number({ minimum: 0, maximum: 360 }),
  fieldOfView: Type.Number({ minimum: 1, maximum: 360 }),
  rangeM: Type.Number({ minimum: 1, maximum: 20000 }),
  kind: Type.Optional(Line(64)),
  purpose: Type.Optional(Line(200)),
  noticePosted: Type.Optional(Type.Boolean()),
  retentionDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 3650 })),
  /** Names of groups of cameras, height above ground, number of the certificate, unit that maintains it. */
  groups: Type.Optional(Type.Array(Line(60), { maxItems: 20 })),
  heightM: Type.Optional(Type.Number({ minimum: 0, maximum: 500 })),
  certificate: Type.Optional(Line(100)),
  contractor: Type.Optional(UnitCode),
  streams: Type.Optional(Type.Array(CameraStream, { maxItems: 4 })),
});
export type CameraItem = Static<typeof CameraItem>;

/** A camera as screens and the log show it: no address, no credential. */
export const CameraState = Closed({
  id: Id,
  ref: MessageKey,
  source: Type.String(),
  name: Type.String(),
  position: Position,
  azimuth: Type.Number(),
  fieldOfView: Type.Number(),
  rangeM: Type.Number(),
  kind: Nullable(Type.String()),
  purpose: Nullable(Type.String()),
  noticePosted: Nullable(Type.Boolean()),
  retentionDays: Nullable(Type.Integer()),
  groups: Type.Optional(Nullable(Type.Array(Type.String()))),
  heightM: Type.Optional(Nullable(Type.Number())),
  certificate: Type.Optional(Nullable(Type.String())),
  contractor: Type.Optional(Nullable(UnitCode)),
  masks: Type.Optional(Nullable(Type.Array(PictureMask))),
  unit: Nullable(UnitCode),
  ward: Nullable(UnitCode),
  provenance: Provenance,
  streams: Type.Array(Closed({ role: CameraStream.properties.role, kind: StreamKind })),
  updatedAt: EpochMs,
});
export type CameraState = Static<typeof CameraState>;

export const cameraTopic = defineTopic({
  name: 'camera',
  delivery: 'logged',
  item: CameraItem,
  state: CameraState,
  prefix: 'cam',
  example: {
    key: 'example-camera-1',
    at: 0,
    name: 'Nút giao Nguyễn Văn Linh – Hoàng Diệu',
    position: [108.2166, 16.0606],
    azimuth: 90,
    fieldOfView: 60,
    rangeM: 120,
    streams: [{ role: 'sub', kind: 'loop', url: 'loop:1' }],
  },
});
