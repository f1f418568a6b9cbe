import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, Line, Nullable, UnitCode } from '#contract/base.ts';
import { Bilingual, PeriodKind } from '#contract/red.ts';

const Code = Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9._-]+$' });
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'yyyy-mm-dd' });

/** A target in force. Shape: `unit` null = every unit without its own; `id` null = it stands in the file of its service. `until` is the last day. */
export const GoalTarget = Closed({ id: Nullable(Id), unit: Nullable(UnitCode), unitName: Nullable(Type.String()), value: Type.Number(), from: Day, until: Nullable(Day), basis: Type.String(), setBy: Nullable(Type.String()) });
export type GoalTarget = Static<typeof GoalTarget>;

/** How units of an indicator stand. */
export const LevelCounts = Closed({ red: Type.Integer(), amber: Type.Integer(), green: Type.Integer(), grey: Type.Integer(), low: Type.Integer() });
export type LevelCounts = Static<typeof LevelCounts>;

/** An indicator under its goal. Units: `progress` 0 to 1, the mean of what its units achieved, each at most 1; null while none has a value. */
export const GoalIndicator = Closed({
  code: Code,
  name: Bilingual,
  unitOfMeasure: Bilingual,
  direction: Type.Union([Type.Literal('higher'), Type.Literal('lower')]),
  period: PeriodKind,
  source: Type.String(),
  ownerKind: Type.String(),
  counts: LevelCounts,
  progress: Nullable(Type.Number()),
  targets: Type.Array(GoalTarget),
});
export type GoalIndicator = Static<typeof GoalIndicator>;

/** A goal (mục tiêu) with its indicators. `unit` answers for it; `progress` is the mean of its indicators. */
export const Goal = Closed({ code: Code, service: Type.String(), name: Bilingual, unit: Nullable(UnitCode), unitName: Nullable(Type.String()), counts: LevelCounts, progress: Nullable(Type.Number()), indicators: Type.Array(GoalIndicator) });
export type Goal = Static<typeof Goal>;

/** `GET /api/v1/goals`: goal → indicator → target and source → owner. */
export const GoalsAnswer = Closed({ at: EpochMs, items: Type.Array(Goal) });
export type GoalsAnswer = Static<typeof GoalsAnswer>;

/** `PUT /api/v1/goals/:code/unit`: who answers for the goal; null = nobody yet. */
export const ChargeGoal = Closed({ unit: Nullable(UnitCode) });

/** `POST /api/v1/indicators/targets`: a target by the directive named in `basis`. Without `unit` it is for every unit without its own. */
export const SetTarget = Closed({ code: Code, unit: Type.Optional(UnitCode), value: Type.Number({ minimum: -1e12, maximum: 1e12 }), from: Day, until: Type.Optional(Day), basis: Line(300) });
export type SetTarget = Static<typeof SetTarget>;
