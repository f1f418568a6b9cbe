import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, Line, Nullable } from '#contract/base.ts';
import { Bilingual } from '#contract/red.ts';
import { AlertKind } from '#contract/topics/alert.ts';

const StepId = Type.String({ minLength: 1, maxLength: 40, pattern: '^[a-z0-9-]+$' });

/** Code of a procedure, the same in all its versions. */
export const ProcedureCode = Type.String({ minLength: 3, maxLength: 60, pattern: '^[a-z0-9-]+$' });

/** One step: who, within how long, with which document and evidence. A branch asks a question; each answer leads to a later step or to the end. */
export const ProcedureStep = Closed({
  id: StepId,
  title: Line(300),
  role: Line(120),
  withinMinutes: Type.Integer({ minimum: 1, maximum: 43_200 }),
  document: Type.Optional(Line(200)),
  evidence: Type.Optional(Type.Union([Type.Literal('note'), Type.Literal('photo')])),
  branch: Type.Optional(Closed({ question: Line(300), answers: Type.Array(Closed({ answer: Line(80), goto: StepId }), { minItems: 2, maxItems: 6 }) })),
});
export type ProcedureStep = Static<typeof ProcedureStep>;

/** What a version of a procedure says. `goto: end` closes it. */
export const ProcedureText = Closed({
  code: ProcedureCode,
  title: Line(200),
  kinds: Type.Array(AlertKind, { minItems: 1, maxItems: 8 }),
  basis: Line(500),
  steps: Type.Array(ProcedureStep, { minItems: 2, maxItems: 40 }),
});
export type ProcedureText = Static<typeof ProcedureText>;

/** Life of a version: soạn thảo → thẩm định pháp lý → có hiệu lực → bãi bỏ. */
export const ProcedureLife = Type.Union([Type.Literal('draft'), Type.Literal('legal-review'), Type.Literal('in-force'), Type.Literal('withdrawn')]);
export type ProcedureLife = Static<typeof ProcedureLife>;

/** A version with where it stands. */
export const Procedure = Closed({
  ...ProcedureText.properties,
  version: Type.Integer({ minimum: 1 }),
  state: ProcedureLife,
  changedAt: EpochMs,
  changedBy: Type.String(),
  reason: Nullable(Type.String()),
});
export type Procedure = Static<typeof Procedure>;

/** A step of a run. `passed` was left out by a branch; only `skipped` was left out by a person, with a reason. */
export const RunStep = Closed({
  ...ProcedureStep.properties,
  state: Type.Union([Type.Literal('waiting'), Type.Literal('open'), Type.Literal('done'), Type.Literal('skipped'), Type.Literal('passed')]),
  dueAt: Nullable(EpochMs),
  at: Nullable(EpochMs),
  by: Nullable(Type.String()),
  note: Nullable(Type.String()),
  answer: Nullable(Type.String()),
  media: Type.Array(Id),
});
export type RunStep = Static<typeof RunStep>;

/** A procedure carried out on one alert. */
export const ProcedureRun = Closed({
  id: Id,
  alert: Id,
  code: ProcedureCode,
  version: Type.Integer({ minimum: 1 }),
  title: Type.String(),
  startedAt: EpochMs,
  startedBy: Type.String(),
  endedAt: Nullable(EpochMs),
  steps: Type.Array(RunStep),
});
export type ProcedureRun = Static<typeof ProcedureRun>;

/** How many procedures cover each kind of alert. */
export const ProcedureCoverage = Closed({ kind: AlertKind, inForce: Type.Array(ProcedureCode) });
export type ProcedureCoverage = Static<typeof ProcedureCoverage>;

/** What stands ready for the alerts of one service: procedures in force and rules that find them, by kind. Shape: `kinds` is empty for a service that is watched by its indicators alone. */
export const ServiceCoverage = Closed({
  service: Type.String(),
  name: Bilingual,
  kinds: Type.Array(Closed({
    kind: AlertKind,
    procedures: Type.Array(Closed({ code: ProcedureCode, title: Type.String(), version: Type.Integer() })),
    rules: Type.Array(Closed({ code: Type.String(), name: Type.String(), isOn: Type.Boolean() })),
  })),
});
export type ServiceCoverage = Static<typeof ServiceCoverage>;
