import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, MessageKey, Nullable, Provenance, UnitCode } from '#contract/base.ts';
import { defineOwnTopic } from '#contract/topic.ts';

/** ĐỎ, vàng, xanh, and grey: chưa có dữ liệu. */
export const RedLevel = Type.Union([Type.Literal('red'), Type.Literal('amber'), Type.Literal('green'), Type.Literal('grey')]);
export type RedLevel = Static<typeof RedLevel>;

/** Why a status is what it is; texts belong to the screens. */
export const RedReason = Type.Union([
  Type.Literal('on-target'),
  Type.Literal('below-target'),
  Type.Literal('above-target'),
  Type.Literal('no-data'),
  Type.Literal('stale'),
  Type.Literal('no-target'),
  Type.Literal('done'),
  Type.Literal('on-time'),
  Type.Literal('due-soon'),
  Type.Literal('overdue'),
  Type.Literal('milestone-overdue'),
  Type.Literal('blocked'),
]);
export type RedReason = Static<typeof RedReason>;

/** What is judged: an indicator (chỉ tiêu) at one unit, or an assignment (nhiệm vụ). `code` is the indicator's code or the assignment's id. */
export const RedSubject = Closed({
  topic: Type.Union([Type.Literal('indicator'), Type.Literal('assignment')]),
  code: Type.String(),
  title: Type.String(),
});
export type RedSubject = Static<typeof RedSubject>;

/** One period of the past. `value: null` = chưa có dữ liệu. */
export const TrendPoint = Closed({ period: Type.String(), value: Nullable(Type.Number()), level: RedLevel });
export type TrendPoint = Static<typeof TrendPoint>;

/** Where it is heading: the value at the end of the year or the day an assignment would be done, and the level that would be. */
export const Forecast = Closed({ period: Nullable(Type.String()), value: Nullable(Type.Number()), at: Nullable(EpochMs), level: RedLevel });
export type Forecast = Static<typeof Forecast>;

/**
 * Status of one indicator at one unit, or of one assignment, as the rules in force judge it.
 * `redSince` is the moment it turned ĐỎ and stays through missing data; `isLow` is the second list (tỷ lệ thực hiện đạt thấp).
 * Units: `achievement` 1 = the target is met exactly; `asOf` is when the value was measured.
 */
export const RedStatusState = Closed({
  id: Id,
  ref: MessageKey,
  source: Type.String(),
  unit: Nullable(UnitCode),
  ward: Nullable(UnitCode),
  subject: RedSubject,
  level: RedLevel,
  reason: RedReason,
  since: EpochMs,
  redSince: Nullable(EpochMs),
  isLow: Type.Boolean(),
  lowSince: Nullable(EpochMs),
  period: Nullable(Type.String()),
  value: Nullable(Type.Number()),
  target: Nullable(Type.Number()),
  achievement: Nullable(Type.Number()),
  progress: Nullable(Type.Integer()),
  dueAt: Nullable(EpochMs),
  trend: Type.Array(TrendPoint),
  forecast: Nullable(Forecast),
  caseId: Nullable(Id),
  provenance: Nullable(Provenance),
  rule: Type.String(),
  asOf: Nullable(EpochMs),
  updatedAt: EpochMs,
});
export type RedStatusState = Static<typeof RedStatusState>;

/** Statuses of indicators and assignments, ĐỎ first; written by the product alone. */
export const redStatusTopic = defineOwnTopic({ name: 'red-status', delivery: 'logged', state: RedStatusState, prefix: 'rs' });
