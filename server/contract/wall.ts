import Type, { type Static, type TSchema } from 'typebox';
import { Closed, EpochMs, Id, Level, Position, UnitCode } from '#contract/base.ts';
import { ReplayClock } from '#contract/replay.ts';
import { Role } from '#contract/roles.ts';

/** A rectangle. Units: wall pixels. */
export const Rect = Closed({
  x: Type.Integer({ minimum: 0 }),
  y: Type.Integer({ minimum: 0 }),
  width: Type.Integer({ minimum: 1 }),
  height: Type.Integer({ minimum: 1 }),
});
export type Rect = Static<typeof Rect>;

/** Name of a wall, a scene, a tour, a rule or a widget; also the name of its file or folder. */
export const Name = Type.String({ minLength: 1, maxLength: 64, pattern: '^[a-z0-9][a-z0-9-]*$' });
/** Words of a file that people edit, in both languages. */
export const Words = Closed({ vi: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) });
export type Words = Static<typeof Words>;

/** One display of a wall: its place on the canvas. Bezels are the gaps between rectangles. */
export const Output = Closed({ id: Type.String({ pattern: '^r\\d+c\\d+$' }), rect: Rect });
export type Output = Static<typeof Output>;

/** A named part of a wall, for rights. */
export const WallZone = Closed({ id: Name, name: Words, rect: Rect });
export type WallZone = Static<typeof WallZone>;

/** Who may act on a wall: everybody who has one of the roles and is of one of the units, where these are given; with `zones` only in those. */
export const WallGrant = Closed({
  roles: Type.Optional(Type.Array(Role, { minItems: 1, maxItems: 8 })),
  units: Type.Optional(Type.Array(UnitCode, { minItems: 1, maxItems: 50 })),
  zones: Type.Optional(Type.Array(Name, { minItems: 1, maxItems: 20 })),
});
export type WallGrant = Static<typeof WallGrant>;

/** A wall: outputs on one canvas. Without `grants` every operator may act on all of it. Units: pixels, mm per pixel, metres. */
export const WallProfile = Closed({
  schema: Type.Optional(Type.Literal(1)),
  id: Name,
  name: Words,
  width: Type.Integer({ minimum: 320 }),
  height: Type.Integer({ minimum: 240 }),
  pitchMm: Type.Number({ exclusiveMinimum: 0 }),
  farthestViewerM: Type.Number({ exclusiveMinimum: 0 }),
  outputs: Type.Array(Output, { minItems: 1, maxItems: 64 }),
  zones: Type.Optional(Type.Array(WallZone, { maxItems: 20 })),
  grants: Type.Optional(Type.Array(WallGrant, { minItems: 1, maxItems: 50 })),
});
export type WallProfile = Static<typeof WallProfile>;

/** Where a map looks. Units: degrees. `zoom` is MapLibre's at wall pixels. */
export const MapCamera = Closed({
  center: Type.Tuple([Type.Number(), Type.Number()]),
  zoom: Type.Number({ minimum: 0, maximum: 22 }),
  bearing: Type.Number({ minimum: -360, maximum: 360 }),
  pitch: Type.Number({ minimum: 0, maximum: 60 }),
});
export type MapCamera = { center: [number, number]; zoom: number; bearing: number; pitch: number };

/** One widget in one rectangle of the wall. `why` says why it is there when a rule or a person put it. */
export const Tile = Closed({
  id: Type.String({ minLength: 1, maxLength: 64, pattern: '^[a-z0-9][a-zA-Z0-9-]*$' }),
  widget: Name,
  rect: Rect,
  settings: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  title: Type.Optional(Words),
  why: Type.Optional(Type.String({ maxLength: 300 })),
});
export type Tile = Static<typeof Tile>;

const drawing = <T extends TSchema>(tile: T) => Closed({ size: Type.Tuple([Type.Integer(), Type.Integer()]), tiles: Type.Array(tile, { minItems: 1, maxItems: 100 }) });

/** A whole wall: tiles on a canvas of `size`; scaled to the wall's own size when they differ. `variants` are drawings of their own for walls they name. */
export const Scene = Closed({
  schema: Type.Literal(2),
  id: Name,
  name: Words,
  description: Type.Optional(Words),
  size: Type.Tuple([Type.Integer({ minimum: 320 }), Type.Integer({ minimum: 240 })]),
  camera: Type.Optional(MapCamera),
  tiles: Type.Array(Tile, { minItems: 1, maxItems: 100 }),
  variants: Type.Optional(Type.Record(Name, drawing(Tile))),
});
export type Scene = Static<typeof Scene>;

/** A tile of a variant as it is written: without `widget` it is the tile of that name in the first drawing, and says only what differs. */
export const VariantTile = Closed({ ...Tile.properties, widget: Type.Optional(Name) });
export type VariantTile = Static<typeof VariantTile>;

/** A scene as it is written into a file. */
export const SceneFile = Closed({ ...Scene.properties, variants: Type.Optional(Type.Record(Name, drawing(VariantTile))) });
export type SceneFile = Static<typeof SceneFile>;

/** Scenes shown in turn. Units: seconds. */
export const Tour = Closed({
  schema: Type.Literal(1),
  id: Name,
  name: Words,
  stops: Type.Array(Closed({ scene: Name, dwellS: Type.Integer({ minimum: 5, maximum: 3600 }) }), { minItems: 1, maxItems: 50 }),
});
export type Tour = Static<typeof Tour>;

/** Cameras in order, put into a zone of a wall with one key: those named, then those that see a place. `key` is the digit that is pressed with Shift. */
export const Salvo = Closed({
  schema: Type.Literal(1),
  id: Name,
  name: Words,
  key: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })),
  cameras: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 36 })),
  near: Type.Optional(Position),
  most: Type.Integer({ minimum: 1, maximum: 36 }),
  walls: Type.Record(Name, Rect),
});
export type Salvo = Omit<Static<typeof Salvo>, 'near'> & { near?: [number, number] };

/** Where somebody points on a wall; `place: null` when the pointer is taken away. Never kept. Units: wall pixels. */
export const WallPointer = Closed({
  wall: Name,
  by: Type.String(),
  name: Type.String(),
  place: Type.Union([Closed({ x: Type.Number({ minimum: 0 }), y: Type.Number({ minimum: 0 }) }), Type.Null()]),
});
export type WallPointer = Static<typeof WallPointer>;

/** A camera movement as a pure function of server time: from → to between `startAt` and `startAt + durationMs`. */
export const CameraMove = Closed({ from: MapCamera, to: MapCamera, startAt: EpochMs, durationMs: Type.Integer({ minimum: 0, maximum: 60000 }) });
export type CameraMove = { from: MapCamera; to: MapCamera; startAt: number; durationMs: number };

/** An alert that waits for the wall. Units: domain time. */
export const WaitingAlert = Closed({ alert: Id, level: Level, title: Type.String(), raisedAt: EpochMs });
export type WaitingAlert = Static<typeof WaitingAlert>;

/** The alert that composed the wall. Units: `until` is real time, the latest moment the wall is given back. */
export const ComposedAlert = Closed({ ...WaitingAlert.properties, rule: Name, until: EpochMs });
export type ComposedAlert = Static<typeof ComposedAlert>;

/** The scenario a wall shows, and how far it is. Units: `atMs` on the scenario's clock at domain time `sinceAt`. */
export const Story = Closed({
  run: Id,
  scenario: Name,
  name: Words,
  step: Name,
  stepNo: Type.Integer({ minimum: 1 }),
  steps: Type.Integer({ minimum: 1 }),
  chapter: Words,
  chapterNo: Type.Integer({ minimum: 1 }),
  chapters: Type.Integer({ minimum: 1 }),
  narration: Words,
  isRehearsal: Type.Boolean(),
  /** The step's own data was missing, or what it waited for did not come. */
  isFallback: Type.Boolean(),
  phase: Type.Union([Type.Literal('running'), Type.Literal('waiting'), Type.Literal('paused'), Type.Literal('ended')]),
  atMs: Type.Integer({ minimum: 0 }),
  sinceAt: EpochMs,
  rate: Type.Number({ minimum: 0, maximum: 20 }),
  lengthMs: Type.Integer({ minimum: 0 }),
  /** Hour the story began at: hh:mm. */
  starts: Type.String(),
});
export type Story = Static<typeof Story>;

/** All that a wall shows. Equal states give equal pictures on every output and for every late joiner. */
export const WallState = Closed({
  wall: Name,
  rev: Type.Integer({ minimum: 0 }),
  mode: Type.Union([Type.Literal('live'), Type.Literal('replay'), Type.Literal('rehearsal')]),
  scene: Name,
  tiles: Type.Array(Tile, { maxItems: 100 }),
  camera: CameraMove,
  tour: Type.Union([Closed({ id: Name, index: Type.Integer({ minimum: 0 }), nextAt: EpochMs, isPaused: Type.Boolean() }), Type.Null()]),
  blank: Type.Boolean(),
  frozenAt: Type.Union([EpochMs, Type.Null()]),
  identify: Type.Boolean(),
  spotlight: Type.Union([Closed({ tile: Type.String() }), Type.Null()]),
  /** Absent while no scenario has the wall. */
  story: Type.Optional(Story),
  /** Absent while no alert has the wall. */
  composed: Type.Optional(ComposedAlert),
  /** Alerts in line behind it, most urgent first; absent while none waits. */
  waiting: Type.Optional(Type.Array(WaitingAlert, { maxItems: 1000 })),
  /** True while alerts may not compose this wall. */
  areRulesOff: Type.Optional(Type.Boolean()),
  /** Lines and colours that help to align the displays. */
  testCard: Type.Optional(Type.Boolean()),
  /** How the past is shown; there exactly while `mode` is `replay`. The rest of the state is what comes back afterwards. */
  replay: Type.Optional(ReplayClock),
  /** States that can be recalled by name, oldest first. */
  saved: Type.Optional(Type.Array(Name, { maxItems: 40 })),
  control: Type.Union([Closed({ id: Type.String(), name: Type.String(), until: EpochMs }), Type.Null()]),
  changedBy: Type.String(),
  changedAt: EpochMs,
  why: Type.String(),
});
export type WallState = Omit<Static<typeof WallState>, 'camera'> & { camera: CameraMove };

/** A change of a wall, shown by every output at the same moment of server time. */
export const ScheduledWall = Closed({ wall: Name, rev: Type.Integer(), applyAt: EpochMs, state: WallState });
export type ScheduledWall = { wall: string; rev: number; applyAt: number; state: WallState };

/** What an operator may do to a wall. */
export const WallAct = Type.Union([
  Closed({ do: Type.Literal('scene'), scene: Name }),
  Closed({ do: Type.Literal('tour'), tour: Name }),
  Closed({ do: Type.Literal('tour-pause') }),
  Closed({ do: Type.Literal('tour-resume') }),
  Closed({ do: Type.Literal('tour-next') }),
  Closed({ do: Type.Literal('tour-stop') }),
  Closed({ do: Type.Literal('push'), tile: Type.String(), widget: Name, settings: Type.Record(Type.String(), Type.Unknown()), why: Type.Optional(Type.String({ maxLength: 300 })) }),
  Closed({ do: Type.Literal('salvo'), salvo: Name }),
  Closed({ do: Type.Literal('return'), tile: Type.Optional(Type.String()) }),
  Closed({ do: Type.Literal('camera'), to: MapCamera, durationMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 10000 })) }),
  Closed({ do: Type.Literal('blank'), on: Type.Boolean() }),
  Closed({ do: Type.Literal('freeze'), on: Type.Boolean() }),
  Closed({ do: Type.Literal('identify'), on: Type.Boolean() }),
  Closed({ do: Type.Literal('spotlight'), tile: Type.Union([Type.String(), Type.Null()]) }),
  Closed({ do: Type.Literal('undo') }),
  Closed({ do: Type.Literal('compose'), alert: Id }),
  Closed({ do: Type.Literal('release'), alert: Type.Optional(Id), all: Type.Optional(Type.Boolean()) }),
  Closed({ do: Type.Literal('rules'), on: Type.Boolean() }),
  Closed({ do: Type.Literal('test-card'), on: Type.Boolean() }),
  Closed({ do: Type.Literal('save'), name: Name, tiles: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 100 })) }),
  Closed({ do: Type.Literal('recall'), name: Name }),
  Closed({ do: Type.Literal('replay'), at: EpochMs, rate: ReplayClock.properties.rate, until: Type.Optional(EpochMs) }),
  Closed({ do: Type.Literal('live') }),
  Closed({ do: Type.Literal('story'), run: Id, step: Name }),
  Closed({ do: Type.Literal('story-end'), run: Id }),
]);
export type WallAct = Static<typeof WallAct>;

/** What an output reports about itself every 5 s. Units: ms, frames per second, bytes. */
export const OutputReport = Closed({
  wall: Name,
  output: Type.String(),
  rev: Type.Integer(),
  appliedAt: EpochMs,
  applyErrorMs: Type.Number(),
  clockErrorMs: Type.Number(),
  fps: Type.Number(),
  heapBytes: Type.Union([Type.Integer(), Type.Null()]),
  contextLosses: Type.Integer(),
  pageState: Type.String(),
});
export type OutputReport = Static<typeof OutputReport>;

/** Health of an output as the desk shows it. */
export const OutputHealth = Closed({ ...OutputReport.properties, connected: Type.Boolean(), seenAt: EpochMs, client: Id });
export type OutputHealth = Static<typeof OutputHealth>;
