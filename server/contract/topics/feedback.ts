import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, itemBase, Line, MessageKey, MOST_PICTURES, Nullable, Position, Provenance, UnitCode } from '#contract/base.ts';
import { defineTopic } from '#contract/topic.ts';

/** Life of a citizen's report. */
export const FeedbackLifeState = Type.Union([
  Type.Literal('received'),
  Type.Literal('assigned'),
  Type.Literal('in-progress'),
  Type.Literal('resolved'),
  Type.Literal('verified'),
  Type.Literal('closed'),
  Type.Literal('rejected'),
]);
export type FeedbackLifeState = Static<typeof FeedbackLifeState>;

/** How a report is handled: within working days (theo thời hạn), or at once, around the clock (xử lý ngay). */
export const FeedbackProcess = Type.Union([Type.Literal('timed'), Type.Literal('immediate')]);
export type FeedbackProcess = Static<typeof FeedbackProcess>;

/** A citizen's report (phản ánh hiện trường) as a source sends it. `service` is a code of the field catalogue. */
export const FeedbackItem = Closed({
  ...itemBase,
  service: Type.String({ minLength: 1, maxLength: 64, pattern: '^[a-z0-9-]+$' }),
  description: Line(4000),
  address: Type.Optional(Line(300)),
  media: Type.Optional(Type.Array(Id, { maxItems: MOST_PICTURES })),
});
export type FeedbackItem = Static<typeof FeedbackItem>;

/** A report as staff screens and the log show it; the reporter's identity is never part of it. */
export const FeedbackState = Closed({
  id: Id,
  ref: MessageKey,
  source: Type.String(),
  service: Type.String(),
  description: Type.String(),
  address: Nullable(Type.String()),
  media: Type.Array(Id),
  state: FeedbackLifeState,
  unit: Nullable(UnitCode),
  ward: Nullable(UnitCode),
  position: Nullable(Position),
  provenance: Provenance,
  reportedAt: EpochMs,
  receivedAt: EpochMs,
  updatedAt: EpochMs,
  dueAt: EpochMs,
  resolvedAt: Nullable(EpochMs),
  verifiedAt: Nullable(EpochMs),
  result: Nullable(Type.String()),
  requestId: Nullable(Id),
  duplicateOf: Nullable(Id),
  /** What the public may read as the outcome. */
  answer: Type.Optional(Nullable(Type.String())),
  answeredAt: Type.Optional(Nullable(EpochMs)),
  /** Why it was rejected, closed or opened again. */
  closedReason: Type.Optional(Nullable(Type.String())),
  closedAt: Type.Optional(Nullable(EpochMs)),
  rating: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 5 }))),
  /** Absent: timed. */
  process: Type.Optional(Nullable(FeedbackProcess)),
  /** How often it was opened again. */
  reopened: Type.Optional(Nullable(Type.Integer({ minimum: 0 }))),
  /** The rehearsal that made it; what carries one never counts in figures. */
  rehearsal: Type.Optional(Nullable(Id)),
});
export type FeedbackState = Static<typeof FeedbackState>;

export const feedbackTopic = defineTopic({
  name: 'feedback',
  delivery: 'logged',
  item: FeedbackItem,
  state: FeedbackState,
  prefix: 'fb',
  example: {
    key: 'example-feedback-1',
    at: 0,
    service: 'urban-order',
    description: 'Vỉa hè bị lấn chiếm để xe, người đi bộ phải xuống lòng đường.',
    address: 'Đường Trần Phú, phường Hải Châu',
    position: [108.2231, 16.0668],
  },
});
