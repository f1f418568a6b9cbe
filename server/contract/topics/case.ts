import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, MessageKey, Nullable, Provenance, UnitCode } from '#contract/base.ts';
import { defineOwnTopic } from '#contract/topic.ts';
import { RedLevel, RedSubject } from '#contract/topics/redStatus.ts';

/**
 * Life of a case: mới mở → đã tiếp nhận → đã lập kế hoạch → đã nộp → đã chấp thuận (đang thực hiện) → đã báo cáo kết quả → đã kiểm tra → đã đóng.
 * `submitted` waits for the plan to be accepted, `resolved` for the result to be checked.
 */
export const CaseLifeState = Type.Union([
  Type.Literal('opened'),
  Type.Literal('acknowledged'),
  Type.Literal('planned'),
  Type.Literal('submitted'),
  Type.Literal('accepted'),
  Type.Literal('resolved'),
  Type.Literal('verified'),
  Type.Literal('closed'),
]);
export type CaseLifeState = Static<typeof CaseLifeState>;

/** Người chịu trách nhiệm: an account with its position and unit. */
export const Responsible = Closed({ account: Id, name: Type.String(), position: Type.String(), unit: UnitCode });
export type Responsible = Static<typeof Responsible>;

/** A dated step of the roadmap (lộ trình). Kept when `keptAt` < `dueAt`; broken from `dueAt` on. */
export const Milestone = Closed({
  id: Id,
  title: Type.String(),
  dueAt: EpochMs,
  promisedAt: EpochMs,
  keptAt: Nullable(EpochMs),
  evidence: Type.Array(Id),
});
export type Milestone = Static<typeof Milestone>;

/** Vướng mắc: asked of a supporting unit, with its own clock; `requestId` is the handling request in that unit's inbox. */
export const Obstacle = Closed({
  id: Id,
  text: Type.String(),
  unit: UnitCode,
  requestId: Id,
  raisedAt: EpochMs,
  dueAt: EpochMs,
  answeredAt: Nullable(EpochMs),
  answer: Nullable(Type.String()),
});
export type Obstacle = Static<typeof Obstacle>;

/** Đôn đốc or hướng dẫn sent to the unit, with its receipt. */
export const Nudge = Closed({
  id: Id,
  kind: Type.Union([Type.Literal('nudge'), Type.Literal('guidance')]),
  text: Type.String(),
  sentAt: EpochMs,
  readAt: Nullable(EpochMs),
});
export type Nudge = Static<typeof Nudge>;

/** What the data says now about the subject of a case. */
export const CaseReading = Closed({
  level: RedLevel,
  isLow: Type.Boolean(),
  period: Nullable(Type.String()),
  value: Nullable(Type.Number()),
  target: Nullable(Type.Number()),
  achievement: Nullable(Type.Number()),
  at: EpochMs,
});
export type CaseReading = Static<typeof CaseReading>;

/**
 * A case that a ĐỎ opened. Its four mandatory fields are `cause`, `solution`, `milestones` (lộ trình) and `responsible`.
 * `reds` counts how often it turned ĐỎ while the case was open; `returnReason` is why a plan or a result was sent back.
 */
export const CaseState = Closed({
  id: Id,
  ref: MessageKey,
  source: Type.String(),
  unit: UnitCode,
  ward: Nullable(UnitCode),
  subject: RedSubject,
  statusId: Id,
  title: Type.String(),
  reading: CaseReading,
  redSince: EpochMs,
  reds: Type.Integer({ minimum: 1 }),
  state: CaseLifeState,
  openedAt: EpochMs,
  updatedAt: EpochMs,
  acknowledgeBy: EpochMs,
  /** When the four fields are due, then when the last milestone is. */
  dueAt: EpochMs,
  acknowledgedAt: Nullable(EpochMs),
  plannedAt: Nullable(EpochMs),
  submittedAt: Nullable(EpochMs),
  acceptedAt: Nullable(EpochMs),
  resolvedAt: Nullable(EpochMs),
  verifiedAt: Nullable(EpochMs),
  closedAt: Nullable(EpochMs),
  cause: Nullable(Type.String()),
  solution: Nullable(Type.String()),
  responsible: Nullable(Responsible),
  milestones: Type.Array(Milestone),
  obstacles: Type.Array(Obstacle),
  nudges: Type.Array(Nudge),
  evidence: Type.Array(Id),
  result: Nullable(Type.String()),
  returnReason: Nullable(Type.String()),
  closeReason: Nullable(Type.String()),
  provenance: Provenance,
});
export type CaseState = Static<typeof CaseState>;

/** Cases of ĐỎ; opened by the product, moved by commands, never sent through the door. */
export const caseTopic = defineOwnTopic({ name: 'case', delivery: 'logged', state: CaseState, prefix: 'rc' });
