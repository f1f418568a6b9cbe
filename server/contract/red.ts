import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, Nullable, Provenance, UnitCode } from '#contract/base.ts';
import { CaseState, Milestone, Obstacle, Responsible } from '#contract/topics/case.ts';
import { RedStatusState } from '#contract/topics/redStatus.ts';

/** A text in the two languages of the product. */
export const Bilingual = Closed({ vi: Type.String({ minLength: 1, maxLength: 300 }), en: Type.String({ minLength: 1, maxLength: 300 }) });
export type Bilingual = Static<typeof Bilingual>;

/** How often an indicator is measured. */
export const PeriodKind = Type.Union([Type.Literal('year'), Type.Literal('quarter'), Type.Literal('month'), Type.Literal('week'), Type.Literal('day')]);
export type PeriodKind = Static<typeof PeriodKind>;

/** One indicator of the catalogue with its status at every unit that has one and that the reader may see. */
export const CatalogueIndicator = Closed({
  code: Type.String(),
  service: Type.String(),
  name: Bilingual,
  unitOfMeasure: Bilingual,
  direction: Type.Union([Type.Literal('higher'), Type.Literal('lower')]),
  period: PeriodKind,
  /** Values add up over the year; the target of a period is its share of the year's. */
  accumulates: Type.Boolean(),
  goal: Bilingual,
  ownerKind: Type.String(),
  source: Type.String(),
  legalBasis: Type.String(),
  /** Weights of the indicators it is made of, for a formula indicator. */
  formula: Nullable(Type.Record(Type.String(), Type.Number())),
  rule: Closed({ id: Type.String(), red: Type.Number(), amber: Type.Number(), low: Type.Number() }),
  target: Nullable(Type.Number()),
  statuses: Type.Array(RedStatusState),
});
export type CatalogueIndicator = Static<typeof CatalogueIndicator>;

/** One value as it came; later revisions never replace it. `record` is the row of the register it stands in; a formula has none. */
export const IndicatorValueRow = Closed({
  unit: UnitCode,
  period: Type.String(),
  revision: Type.Integer({ minimum: 1 }),
  value: Nullable(Type.Number()),
  at: EpochMs,
  receivedAt: EpochMs,
  provenance: Provenance,
  source: Type.String(),
  record: Nullable(Id),
  /** The one in force of its period. */
  isInForce: Type.Boolean(),
});
export type IndicatorValueRow = Static<typeof IndicatorValueRow>;

/** `GET /api/v1/indicators/values?code&unit&period`. Newest periods first; `isCut`: older rows were left out. */
export const IndicatorValuesAnswer = Closed({ code: Type.String(), at: EpochMs, isCut: Type.Boolean(), items: Type.Array(IndicatorValueRow) });
export type IndicatorValuesAnswer = Static<typeof IndicatorValuesAnswer>;

/** `GET /api/v1/indicators/catalogue?service&unit&code`. `version` is the hash of the files in force. */
export const CatalogueAnswer = Closed({ version: Type.String(), at: EpochMs, items: Type.Array(CatalogueIndicator) });
export type CatalogueAnswer = Static<typeof CatalogueAnswer>;

/** A milestone of a case as the board tells it: hẹn, giữ lời, lỡ hẹn. */
export const PromiseState = Type.Union([Type.Literal('promised'), Type.Literal('kept'), Type.Literal('broken')]);
export type PromiseState = Static<typeof PromiseState>;
export const PromiseRow = Closed({ caseId: Id, isClosed: Type.Boolean(), unit: UnitCode, title: Type.String(), state: PromiseState, milestone: Milestone, responsible: Nullable(Responsible) });
export type PromiseRow = Static<typeof PromiseRow>;

/** Promises whose moment lies in one month of Asia/Ho_Chi_Minh. Shape: `month` is yyyy-mm. */
export const PromiseMonth = Closed({ month: Type.String(), promised: Type.Integer(), kept: Type.Integer(), broken: Type.Integer() });
export type PromiseMonth = Static<typeof PromiseMonth>;

/** `GET /api/v1/red/promises?unit&month`. Of open and closed cases; `months` counts them all, newest month first, `items` are those of the month asked. */
export const PromisesAnswer = Closed({ at: EpochMs, months: Type.Array(PromiseMonth), items: Type.Array(PromiseRow) });
export type PromisesAnswer = Static<typeof PromisesAnswer>;

/** Data and case that do not agree: the data is no longer ĐỎ while the case is open, or still ĐỎ while it is closed. */
export const Contradiction = Closed({ caseId: Id, unit: UnitCode, title: Type.String(), kind: Type.Union([Type.Literal('green-but-open'), Type.Literal('red-but-closed')]), since: EpochMs });
export type Contradiction = Static<typeof Contradiction>;

/** One ĐỎ of a unit with what its case says. */
export const BoardRed = Closed({
  status: RedStatusState,
  caseId: Nullable(Id),
  caseState: Nullable(Type.String()),
  cause: Nullable(Type.String()),
  solution: Nullable(Type.String()),
  responsible: Nullable(Responsible),
  /** The next milestone that is not kept. */
  promise: Nullable(Milestone),
  brokenCount: Type.Integer(),
});
export type BoardRed = Static<typeof BoardRed>;

/** ĐỎ of one unit. Units: `redMs` is the sum of the time its reds have been ĐỎ. */
export const BoardUnit = Closed({
  unit: UnitCode,
  name: Type.String(),
  redCount: Type.Integer(),
  lowCount: Type.Integer(),
  redMs: Type.Integer(),
  oldestSince: Nullable(EpochMs),
  provenance: Type.Union([Provenance, Type.Literal('mixed')]),
  reds: Type.Array(BoardRed),
});
export type BoardUnit = Static<typeof BoardUnit>;

/** Something that must happen by a moment; `stage` says how loudly it reminds, 0 not yet to 4 overdue for long. */
export const Obligation = Closed({
  id: Type.String(),
  kind: Type.Union([
    Type.Literal('weekly-report'),
    Type.Literal('monthly-report'),
    Type.Literal('indicator-value'),
    Type.Literal('case-plan'),
    Type.Literal('milestone'),
    Type.Literal('obstacle'),
    Type.Literal('handling-request'),
    Type.Literal('assignment'),
    Type.Literal('letter'),
  ]),
  title: Type.String(),
  unit: Nullable(UnitCode),
  dueAt: EpochMs,
  stage: Type.Integer({ minimum: 0, maximum: 4 }),
  isOverdue: Type.Boolean(),
  /** Id of the case, request or status it comes from. */
  about: Nullable(Type.String()),
  /** Name of the data set it belongs to; null for what is alive. */
  dataSet: Nullable(Type.String()),
});
export type Obligation = Static<typeof Obligation>;

/** `GET /api/v1/obligations?from&to&unit&dataSet`. In order of time. */
export const ObligationsAnswer = Closed({ at: EpochMs, items: Type.Array(Obligation) });
export type ObligationsAnswer = Static<typeof ObligationsAnswer>;

/** `GET /api/v1/red/board`. Units by number of reds, then by time in ĐỎ; the low list is apart. */
export const BoardAnswer = Closed({
  at: EpochMs,
  redCount: Type.Integer(),
  lowCount: Type.Integer(),
  openCases: Type.Integer(),
  units: Type.Array(BoardUnit),
  low: Type.Array(RedStatusState),
  today: Type.Array(Obligation),
  broken: Type.Array(PromiseRow),
  contradictions: Type.Array(Contradiction),
});
export type BoardAnswer = Static<typeof BoardAnswer>;

/** A vướng mắc asked of my unit: only what it asks, never the rest of another unit's case. */
export const AskedObstacle = Closed({ caseId: Id, fromUnit: UnitCode, title: Type.String(), obstacle: Obstacle });
export type AskedObstacle = Static<typeof AskedObstacle>;

/** `GET /api/v1/red/my`: the reader's own units. */
export const MyRedAnswer = Closed({
  at: EpochMs,
  reds: Type.Array(RedStatusState),
  low: Type.Array(RedStatusState),
  cases: Type.Array(CaseState),
  promises: Type.Array(PromiseRow),
  asked: Type.Array(AskedObstacle),
  obligations: Type.Array(Obligation),
  /** Open accounts that may be named responsible for the reader's units. */
  people: Type.Array(Responsible),
});
export type MyRedAnswer = Static<typeof MyRedAnswer>;

/** `GET /api/v1/cases/:id/history`: every step, who took it, when, and what was said. */
export const CaseHistory = Closed({
  items: Type.Array(Closed({ at: EpochMs, act: Type.String(), actor: Type.String(), actorName: Type.String(), words: Nullable(Type.String()), rev: Type.Integer() })),
});
export type CaseHistory = Static<typeof CaseHistory>;

/** `GET /api/v1/red/movement?from&to`: reds that were cleared, are new, or are still there between two moments. Refs of statuses. */
const MovementRow = Closed({ ref: Type.String(), unit: Nullable(UnitCode), title: Type.String(), beganAt: EpochMs, endedAt: Nullable(EpochMs) });
export const MovementAnswer = Closed({
  from: EpochMs,
  to: EpochMs,
  cleared: Type.Array(MovementRow),
  new: Type.Array(MovementRow),
  still: Type.Array(MovementRow),
  kept: Type.Array(PromiseRow),
  broken: Type.Array(PromiseRow),
});
export type MovementAnswer = Static<typeof MovementAnswer>;

/** A share as the letters print it. Shape: `text` e.g. `229/414 (55,3 %)`. */
export const Share = Closed({ id: Type.String(), label: Bilingual, count: Type.Integer(), of: Type.Integer(), percent: Type.Number(), text: Type.String() });
export type Share = Static<typeof Share>;

/** One pilot area (R45). `lateDays` until it began, or until the end of the plan when it never did. */
export const PilotArea = Closed({
  area: Type.String(),
  vendor: Type.String(),
  plannedFrom: Type.String(),
  plannedTo: Type.String(),
  beganOn: Nullable(Type.String()),
  state: Type.Union([Type.Literal('not-started'), Type.Literal('late'), Type.Literal('on-time'), Type.Literal('unknown')]),
  lateDays: Nullable(Type.Integer()),
  level: Type.Union([Type.Literal('red'), Type.Literal('green'), Type.Literal('grey')]),
  text: Bilingual,
});
export type PilotArea = Static<typeof PilotArea>;

/** `GET /api/v1/data-sets/:id`: figures of a letter, apart from everything that is alive. */
export const DataSetAnswer = Closed({
  id: Type.String(),
  name: Type.String(),
  province: Closed({ code: UnitCode, name: Type.String() }),
  from: Type.String(),
  to: Type.String(),
  source: Type.String(),
  shares: Type.Array(Share),
  pilots: Type.Array(PilotArea),
  obligations: Type.Array(Obligation),
});
export type DataSetAnswer = Static<typeof DataSetAnswer>;
export const DataSetsAnswer = Closed({ items: Type.Array(Closed({ id: Type.String(), name: Type.String() })) });
