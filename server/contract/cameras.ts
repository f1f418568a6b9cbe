import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, Line, Nullable, Position, UnitCode } from '#contract/base.ts';
import { Role } from '#contract/roles.ts';
import { CameraStream, PictureMask } from '#contract/topics/camera.ts';

/** How many pictures a matrix shows. */
export const MatrixSize = Type.Union([Type.Literal(1), Type.Literal(4), Type.Literal(9), Type.Literal(16), Type.Literal(25), Type.Literal(36)]);
export type MatrixSize = Static<typeof MatrixSize>;

/** A saved ordered set as it is sent: a `salvo` fills the matrix, a `tour` walks through the cameras, `size` at a time. Units: seconds. */
export const CameraSetEdit = Closed({
  kind: Type.Union([Type.Literal('salvo'), Type.Literal('tour')]),
  name: Line(80),
  cameras: Type.Array(Id, { minItems: 1, maxItems: 200 }),
  size: MatrixSize,
  dwellS: Type.Integer({ minimum: 5, maximum: 600 }),
});
export type CameraSetEdit = Static<typeof CameraSetEdit>;

/** A saved set as it is read. */
export const CameraSet = Closed({ id: Id, ...CameraSetEdit.properties, madeBy: Type.String(), updatedAt: EpochMs });
export type CameraSet = Static<typeof CameraSet>;

/** One line of the evidence log. `takenAt` is the wall time of the picture itself; `about` is the alert or case it was kept for. */
export const CameraTrace = Closed({
  id: Id,
  camera: Id,
  name: Type.String(),
  act: Type.Union([Type.Literal('view'), Type.Literal('snapshot'), Type.Literal('bookmark'), Type.Literal('playback'), Type.Literal('export'), Type.Literal('steer')]),
  actor: Type.String(),
  at: EpochMs,
  takenAt: Nullable(EpochMs),
  words: Nullable(Type.String()),
  attachment: Nullable(Id),
  about: Nullable(Id),
});
export type CameraTrace = Static<typeof CameraTrace>;

/** A note at a moment of a picture. */
export const BookmarkEdit = Closed({ takenAt: EpochMs, words: Line(500) });
export type BookmarkEdit = Static<typeof BookmarkEdit>;

/** Who watches the cameras of a group, each within the units they see: people of these roles, these accounts by their user name, and outputs of walls if `onWalls`. */
export const CameraGroupRight = Closed({
  roles: Type.Array(Role, { maxItems: 8, uniqueItems: true }),
  people: Type.Array(Line(100), { maxItems: 200, uniqueItems: true }),
  onWalls: Type.Boolean(),
});
export type CameraGroupRight = Static<typeof CameraGroupRight>;

/** A group of cameras and for whom it is; null = for everyone who sees its cameras. */
export const CameraGroupEdit = Closed({ group: Line(60), right: Nullable(CameraGroupRight) });
export type CameraGroupEdit = Static<typeof CameraGroupEdit>;
/** A group as it is read, with how many cameras it has. */
export const CameraGroup = Closed({ ...CameraGroupEdit.properties, cameras: Type.Integer() });
export type CameraGroup = Static<typeof CameraGroup>;

/** How a camera's connection stands. `idle` is not watched by anyone, which says nothing about its health. */
export const CameraConnection = Type.Unsafe<CameraConnection>({
  enum: ['idle', 'connecting', 'live', 'stalled', 'backoff', 'auth-failed', 'unreachable', 'unsupported-codec', 'transcoders-busy', 'no-ffmpeg', 'refused-address', 'no-stream', 'frozen', 'lost', 'late', 'audio-only'],
});
export type CameraConnection = 'idle' | 'connecting' | 'live' | 'stalled' | 'backoff' | 'auth-failed' | 'unreachable' | 'unsupported-codec' | 'transcoders-busy' | 'no-ffmpeg' | 'refused-address' | 'no-stream' | 'frozen' | 'lost' | 'late' | 'audio-only';

/** What a camera sends; `other` is played nowhere. */
export const CameraCodec = Type.Union([Type.Literal('h264'), Type.Literal('h265'), Type.Literal('other')]);
export type CameraCodec = Static<typeof CameraCodec>;

/** State of one camera and since when it holds; `codec` is null until its first picture was seen. */
export const CameraStatus = Closed({ id: Id, state: CameraConnection, since: Nullable(EpochMs), codec: Nullable(CameraCodec) });
export type CameraStatus = Static<typeof CameraStatus>;

/** A camera as a person registers it. `streams` are written only: each replaces the one of its role, roles that are not named stay. Units: degrees, metres, days. */
export const CameraEdit = Closed({
  name: Line(200),
  unit: Nullable(UnitCode),
  groups: Type.Array(Line(60), { maxItems: 20 }),
  position: Position,
  azimuth: Type.Number({ minimum: 0, maximum: 360 }),
  fieldOfView: Type.Number({ minimum: 1, maximum: 360 }),
  rangeM: Type.Number({ minimum: 1, maximum: 20000 }),
  heightM: Nullable(Type.Number({ minimum: 0, maximum: 500 })),
  kind: Nullable(Line(64)),
  purpose: Nullable(Line(200)),
  noticePosted: Nullable(Type.Boolean()),
  retentionDays: Nullable(Type.Integer({ minimum: 0, maximum: 3650 })),
  certificate: Nullable(Line(100)),
  contractor: Nullable(UnitCode),
  /** Without them those that are drawn stay. */
  masks: Type.Optional(Type.Array(PictureMask, { maxItems: 12 })),
  streams: Type.Optional(Type.Array(CameraStream, { maxItems: 3 })),
  withoutStreams: Type.Optional(Type.Array(CameraStream.properties.role, { maxItems: 3 })),
});
export type CameraEdit = Static<typeof CameraEdit>;

/** A list of cameras to take in; a preview changes nothing. */
export const CameraImport = Closed({
  format: Type.Union([Type.Literal('csv'), Type.Literal('onvif')]),
  text: Type.String({ minLength: 1, maxLength: 900_000 }),
  isPreview: Type.Boolean(),
});
export type CameraImport = Static<typeof CameraImport>;

/** What becomes of one row: the columns that are wrong, each with the reason in Vietnamese. */
export const ImportRow = Closed({
  line: Type.Integer(),
  name: Type.String(),
  outcome: Type.Union([Type.Literal('new'), Type.Literal('changed'), Type.Literal('refused')]),
  faults: Type.Array(Closed({ field: Type.String(), reason: Type.String() })),
});
export type ImportRow = Static<typeof ImportRow>;
export const ImportAnswer = Closed({ isPreview: Type.Boolean(), accepted: Type.Integer(), refused: Type.Integer(), rows: Type.Array(ImportRow) });
export type ImportAnswer = Static<typeof ImportAnswer>;

/** A camera in the morning round. `availability` is the share of the time looked at in which it was live; null = never looked at. Units: ms. */
export const CameraHealthRow = Closed({
  id: Id,
  name: Type.String(),
  unit: Nullable(UnitCode),
  ward: Nullable(UnitCode),
  contractor: Nullable(UnitCode),
  state: Nullable(CameraConnection),
  since: Nullable(EpochMs),
  checkedAt: Nullable(EpochMs),
  availability: Nullable(Type.Number()),
  outages: Type.Integer(),
  longestOutageMs: Type.Integer(),
  frozenMs: Type.Integer(),
  /** The camera's clock minus ours at the last look; null where it is not asked. */
  clockOffsetMs: Nullable(Type.Integer()),
  hasDefaultLogin: Type.Boolean(),
  request: Nullable(Closed({ id: Id, step: Type.String(), dueAt: EpochMs })),
});
export type CameraHealthRow = Static<typeof CameraHealthRow>;
export const CameraHealth = Closed({ from: EpochMs, to: EpochMs, items: Type.Array(CameraHealthRow) });
export type CameraHealth = Static<typeof CameraHealth>;

/** The round of all cameras: how far it is, or how the last one ended. Units: epoch ms. */
export const CameraRound = Closed({ startedAt: EpochMs, total: Type.Integer(), checked: Type.Integer(), isGoing: Type.Boolean(), isStopped: Type.Boolean() });
export type CameraRound = Static<typeof CameraRound>;
/** `round` is null before the first one. */
export const CameraRoundAnswer = Closed({ round: Nullable(CameraRound) });
export type CameraRoundAnswer = Static<typeof CameraRoundAnswer>;

/** How a fault of a camera is handed over; without a deadline the policy of its state counts. */
export const CameraFaultReport = Closed({ unit: UnitCode, note: Type.Optional(Line(1000)), dueAt: Type.Optional(EpochMs) });
export type CameraFaultReport = Static<typeof CameraFaultReport>;

/** A device that answered a call to all; `address` is its ONVIF service. */
export const FoundCamera = Closed({ address: Type.String(), name: Type.String(), model: Type.String(), position: Nullable(Position) });
export type FoundCamera = Static<typeof FoundCamera>;

/** Where a camera's device is reached and as whom: written only. */
export const CameraDeviceEdit = Closed({
  address: Type.String({ minLength: 1, maxLength: 500, pattern: '^https?://' }),
  user: Type.String({ maxLength: 100 }),
  password: Type.String({ maxLength: 200 }),
});
export type CameraDeviceEdit = Static<typeof CameraDeviceEdit>;

/** What the device said of itself when it was read. Units: ms. */
export const CameraDevice = Closed({
  model: Type.String(),
  canSteer: Type.Boolean(),
  clockOffsetMs: Type.Integer(),
  hasDefaultLogin: Type.Boolean(),
  streams: Type.Array(Closed({ role: CameraStream.properties.role, codec: CameraCodec, width: Type.Integer(), height: Type.Integer() })),
});
export type CameraDevice = Static<typeof CameraDevice>;

const Speed = Type.Number({ minimum: -1, maximum: 1 });

/** One act at the controls of a camera. Without `takeOver` nobody is pushed aside. Shape: speeds from -1 to 1. */
export const SteerAsk = Closed({
  act: Type.Union([
    Closed({ do: Type.Literal('move'), pan: Speed, tilt: Speed, zoom: Speed }),
    Closed({ do: Type.Literal('stop') }),
    Closed({ do: Type.Literal('preset'), preset: Type.String({ maxLength: 64 }) }),
    Closed({ do: Type.Literal('release') }),
  ]),
  takeOver: Type.Optional(Type.Boolean()),
});
export type SteerAsk = Static<typeof SteerAsk>;

/** Who holds a camera until when; null when nobody does. */
export const SteerAnswer = Closed({ holder: Nullable(Type.String()), until: Nullable(EpochMs) });
export type SteerAnswer = Static<typeof SteerAnswer>;

/** What the controls of a camera offer: nothing where it can not be steered. */
export const CameraControls = Closed({ canSteer: Type.Boolean(), items: Type.Array(Closed({ id: Type.String(), name: Type.String() })) });
export type CameraControls = Static<typeof CameraControls>;
