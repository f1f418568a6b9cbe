import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, itemBase, Level, Line, MessageKey, Nullable, Position, Provenance, UnitCode } from '#contract/base.ts';
import { defineTopic } from '#contract/topic.ts';

/** What an alert is about. */
export const AlertKind = Type.Union([
  Type.Literal('flood'),
  Type.Literal('fire'),
  Type.Literal('accident'),
  Type.Literal('congestion'),
  Type.Literal('crowd'),
  Type.Literal('public-order'),
  Type.Literal('environment'),
  Type.Literal('infrastructure'),
]);
export type AlertKind = Static<typeof AlertKind>;

/** Life of an alert: mới phát sinh → đã tiếp nhận → đã phân công → đang xử lý → đã xử lý → đã kiểm tra → đã đóng. */
export const AlertLifeState = Type.Union([
  Type.Literal('raised'),
  Type.Literal('acknowledged'),
  Type.Literal('assigned'),
  Type.Literal('in-progress'),
  Type.Literal('resolved'),
  Type.Literal('verified'),
  Type.Literal('closed'),
]);
export type AlertLifeState = Static<typeof AlertLifeState>;

/** A GeoJSON Polygon or MultiPolygon; depth and vertex count are checked at the door. */
export const Area = Type.Union([
  Type.Object({ type: Type.Literal('Polygon'), coordinates: Type.Array(Type.Array(Position, { maxItems: 50000 }), { maxItems: 200 }) }, { additionalProperties: false }),
  Type.Object(
    { type: Type.Literal('MultiPolygon'), coordinates: Type.Array(Type.Array(Type.Array(Position, { maxItems: 50000 }), { maxItems: 200 }), { maxItems: 500 }) },
    { additionalProperties: false },
  ),
]);
export type Area = Static<typeof Area>;

/** An alert as a source sends it. */
export const AlertItem = Closed({
  ...itemBase,
  kind: AlertKind,
  level: Level,
  title: Line(300),
  text: Type.Optional(Line(4000)),
  status: Type.Optional(Type.Union([Type.Literal('active'), Type.Literal('ended')])),
  area: Type.Optional(Area),
  cameraKey: Type.Optional(MessageKey),
  evidence: Type.Optional(Type.Array(Id, { maxItems: 20 })),
  confidence: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
});
export type AlertItem = Static<typeof AlertItem>;

/** An alert as every screen and the log show it. `unit` is who must act; `ward` is where it is. */
export const AlertState = Closed({
  id: Id,
  ref: MessageKey,
  source: Type.String(),
  kind: AlertKind,
  level: Level,
  title: Type.String(),
  text: Nullable(Type.String()),
  status: Type.Union([Type.Literal('active'), Type.Literal('ended')]),
  state: AlertLifeState,
  owner: Nullable(Closed({ id: Type.String(), name: Type.String() })),
  unit: Nullable(UnitCode),
  ward: Nullable(UnitCode),
  position: Nullable(Position),
  area: Nullable(Area),
  cameraKey: Nullable(Type.String()),
  evidence: Type.Array(Id),
  confidence: Nullable(Type.Number()),
  provenance: Provenance,
  raisedAt: EpochMs,
  receivedAt: EpochMs,
  updatedAt: EpochMs,
  acknowledgeBy: EpochMs,
  dueAt: EpochMs,
  acknowledgedAt: Nullable(EpochMs),
  assignedAt: Nullable(EpochMs),
  resolvedAt: Nullable(EpochMs),
  verifiedAt: Nullable(EpochMs),
  closedAt: Nullable(EpochMs),
  requestId: Nullable(Id),
  shelvedUntil: Nullable(EpochMs),
  shelvedReason: Nullable(Type.String()),
  escalated: Type.Integer({ minimum: 0, maximum: 9 }),
  duplicateOf: Nullable(Id),
  comments: Type.Optional(Nullable(Type.Integer({ minimum: 0 }))),
  /** The rehearsal that made it; what carries one never counts in figures. */
  rehearsal: Type.Optional(Nullable(Id)),
  /** Pictures people added; `evidence` is what the source sent. */
  attachments: Type.Optional(Nullable(Type.Array(Id, { maxItems: 40 }))),
  /** A wish to put a ĐỎ alert aside, until a second person agrees. */
  shelveAsk: Type.Optional(Nullable(Closed({ id: Type.String(), name: Type.String(), until: EpochMs, reason: Type.String(), at: EpochMs }))),
  /** The procedure that runs on it. */
  procedure: Type.Optional(Nullable(Closed({ run: Id, code: Type.String(), version: Type.Integer(), done: Type.Integer(), skipped: Type.Integer(), total: Type.Integer() }))),
});
export type AlertState = Static<typeof AlertState>;

export const alertTopic = defineTopic({
  name: 'alert',
  delivery: 'logged',
  item: AlertItem,
  state: AlertState,
  prefix: 'al',
  example: {
    key: 'example-alert-1',
    at: 0,
    kind: 'flood',
    level: 2,
    title: 'Ngập sâu 30 cm trên đường Nguyễn Văn Linh',
    text: 'Nước dâng tại nút giao, xe máy đi chậm.',
    position: [108.2123, 16.0612],
  },
});
