import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Nullable, Provenance } from '#contract/base.ts';

/** What is measured. */
export const HandlingSubject = Type.Union([Type.Literal('alert'), Type.Literal('feedback'), Type.Literal('request')]);
export type HandlingSubject = Static<typeof HandlingSubject>;

/** What figures are broken down by; `period` is a day of Asia/Ho_Chi_Minh. */
export const HandlingGrouping = Type.Union([Type.Literal('unit'), Type.Literal('ward'), Type.Literal('category'), Type.Literal('period')]);
export type HandlingGrouping = Static<typeof HandlingGrouping>;

/** How work was done. Units: ms; shares from 0 to 1; null where nothing was measured. */
export const HandlingFigures = Closed({
  total: Type.Integer(),
  simulated: Type.Integer(),
  acknowledgeMs: Nullable(Type.Number()),
  acceptMs: Nullable(Type.Number()),
  resolveMs: Nullable(Type.Number()),
  resolveP90Ms: Nullable(Type.Number()),
  open: Type.Integer(),
  overdue: Type.Integer(),
  overdueShare: Nullable(Type.Number()),
  reopened: Type.Integer(),
  rated: Type.Integer(),
  ratingMean: Nullable(Type.Number()),
  /** Of what is open: younger than a day, 1–3 days, 3–7 days, older. */
  ageing: Type.Tuple([Type.Integer(), Type.Integer(), Type.Integer(), Type.Integer()]),
});
export type HandlingFigures = Static<typeof HandlingFigures>;

/** One line of the break-down, with the same of the period before it. */
export const HandlingRow = Closed({ group: Type.String(), name: Type.String(), now: HandlingFigures, before: Nullable(HandlingFigures) });
export type HandlingRow = Static<typeof HandlingRow>;

/** Figures of a period; the previous period is the same length before it. */
export const HandlingBoard = Closed({ from: EpochMs, to: EpochMs, of: HandlingSubject, by: HandlingGrouping, whole: HandlingRow, rows: Type.Array(HandlingRow), provenance: Type.Union([Provenance, Type.Literal('mixed')]) });
export type HandlingBoard = Static<typeof HandlingBoard>;
