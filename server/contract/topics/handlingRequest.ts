import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, itemBase, Level, Line, MessageKey, MOST_PICTURES, Nullable, Position, Provenance, UnitCode } from '#contract/base.ts';
import { defineTopic } from '#contract/topic.ts';

/** Steps of a handling request (yêu cầu xử lý): each is timed. `returned` ends it for this unit. */
export const HandlingRequestStep = Type.Union([
  Type.Literal('sent'),
  Type.Literal('delivered'),
  Type.Literal('read'),
  Type.Literal('accepted'),
  Type.Literal('returned'),
  Type.Literal('carried-out'),
  Type.Literal('verified'),
]);
export type HandlingRequestStep = Static<typeof HandlingRequestStep>;

/** What a request is about. */
export const Subject = Closed({
  topic: Type.Union([Type.Literal('alert'), Type.Literal('feedback'), Type.Literal('dossier'), Type.Literal('indicator'), Type.Literal('assignment'), Type.Literal('camera'), Type.Literal('case')]),
  id: Id,
  title: Type.String(),
});
export type Subject = Static<typeof Subject>;

/** A handling request as another system sends it. */
export const HandlingRequestItem = Closed({
  ...itemBase,
  unit: UnitCode,
  title: Line(300),
  note: Type.Optional(Line(2000)),
  dueAt: EpochMs,
  about: Type.Optional(Closed({ topic: Subject.properties.topic, ref: MessageKey })),
});
export type HandlingRequestItem = Static<typeof HandlingRequestItem>;

/** A handling request as screens and the log show it. */
export const HandlingRequestState = Closed({
  id: Id,
  ref: MessageKey,
  source: Type.String(),
  about: Nullable(Subject),
  title: Type.String(),
  note: Nullable(Type.String()),
  unit: UnitCode,
  /** The patrol it is for, by the reference of its vehicle; its unit answers for it. */
  patrol: Type.Optional(Nullable(Type.String())),
  level: Nullable(Level),
  position: Nullable(Position),
  ward: Nullable(UnitCode),
  provenance: Provenance,
  step: HandlingRequestStep,
  issuedBy: Nullable(Type.String()),
  issuedAt: EpochMs,
  updatedAt: EpochMs,
  dueAt: EpochMs,
  deliveredAt: Nullable(EpochMs),
  readAt: Nullable(EpochMs),
  acceptedAt: Nullable(EpochMs),
  acceptedBy: Nullable(Type.String()),
  returnedAt: Nullable(EpochMs),
  returnReason: Nullable(Type.String()),
  carriedOutAt: Nullable(EpochMs),
  result: Nullable(Type.String()),
  verifiedAt: Nullable(EpochMs),
  verifiedBy: Nullable(Type.String()),
  /** The rehearsal that made it; what carries one never counts in figures. */
  rehearsal: Type.Optional(Nullable(Id)),
  /** Marks of an officer on the way; they are no steps. */
  onTheWayAt: Type.Optional(Nullable(EpochMs)),
  arrivedAt: Type.Optional(Nullable(EpochMs)),
  /** Pictures of the result. */
  media: Type.Optional(Nullable(Type.Array(Id, { maxItems: MOST_PICTURES }))),
  /** Warning slips (phiếu nhắc): how many, the newest, and when the unit confirmed it. */
  nudges: Type.Optional(Nullable(Type.Integer({ minimum: 0 }))),
  nudgedAt: Type.Optional(Nullable(EpochMs)),
  nudgeNote: Type.Optional(Nullable(Type.String())),
  nudgeReadAt: Type.Optional(Nullable(EpochMs)),
  /** Request for explanation (giải trình). */
  explanationAskedAt: Type.Optional(Nullable(EpochMs)),
  explanationDueAt: Type.Optional(Nullable(EpochMs)),
  explanationQuestion: Type.Optional(Nullable(Type.String())),
  explanation: Type.Optional(Nullable(Type.String())),
  explainedAt: Type.Optional(Nullable(EpochMs)),
});
export type HandlingRequestState = Static<typeof HandlingRequestState>;

export const handlingRequestTopic = defineTopic({
  name: 'handling-request',
  delivery: 'logged',
  item: HandlingRequestItem,
  state: HandlingRequestState,
  prefix: 'hr',
  example: {
    key: 'example-request-1',
    at: 0,
    unit: '20242',
    title: 'Kiểm tra và xử lý điểm ngập trên đường Nguyễn Văn Linh',
    dueAt: 4102444800000,
  },
});
