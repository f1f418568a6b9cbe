import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, Level, Nullable, Position, UnitCode } from '#contract/base.ts';
import { AlertKind } from '#contract/topics/alert.ts';

/** One line of the life of a thing: an act of a person, of a rule or of its source. */
export const TimelineEntry = Closed({ at: EpochMs, rev: Type.Integer(), act: Type.String(), actor: Nullable(Type.String()), words: Nullable(Type.String()), state: Nullable(Type.String()) });
export type TimelineEntry = Static<typeof TimelineEntry>;

/** Someone has a thing open. */
export const Presence = Closed({ thing: Id, people: Type.Array(Closed({ id: Type.String(), name: Type.String(), at: EpochMs })) });
export type Presence = Static<typeof Presence>;

/** One row of the operator's list: an alert of its own, or several of one place, type and cause. */
export const AlertRow = Closed({
  id: Type.String(),
  /** `flood` gathers what came while too much came. */
  form: Type.Union([Type.Literal('alert'), Type.Literal('group'), Type.Literal('flood')]),
  level: Level,
  kind: Nullable(AlertKind),
  title: Type.String(),
  ward: Nullable(UnitCode),
  position: Nullable(Position),
  openedAt: EpochMs,
  lastAt: EpochMs,
  unacknowledged: Type.Integer(),
  /** The same thing comes and goes: held as one row until it is quiet. */
  isLatched: Type.Boolean(),
  members: Type.Array(Id),
});
export type AlertRow = Static<typeof AlertRow>;

/** Rows of the operator's list with how much they stand for. */
export const AlertRows = Closed({ rows: Type.Array(AlertRow), alerts: Type.Integer(), at: EpochMs });
export type AlertRows = Static<typeof AlertRows>;

const Tally = Closed({ source: Type.String(), kind: AlertKind, ward: Nullable(UnitCode), count: Type.Integer() });

/** Load of alerts on the operator, after EEMUA 191. Units: alerts per 10 minutes; ms; shares from 0 to 1. */
export const AlertLoad = Closed({
  from: EpochMs,
  to: EpochMs,
  total: Type.Integer(),
  meanPerTenMinutes: Type.Number(),
  peakPerTenMinutes: Type.Integer(),
  verdict: Type.Union([Type.Literal('manageable'), Type.Literal('demanding'), Type.Literal('flood')]),
  floodMs: Type.Integer(),
  perTenMinutes: Type.Array(Closed({ at: EpochMs, count: Type.Integer() })),
  stale: Type.Array(Id),
  chattering: Type.Array(Tally),
  topTen: Type.Array(Tally),
  priorities: Type.Array(Closed({ level: Level, count: Type.Integer(), share: Type.Number(), target: Nullable(Type.Number()) })),
});
export type AlertLoad = Static<typeof AlertLoad>;
