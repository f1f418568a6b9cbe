import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, Line, Nullable, Provenance, UnitCode } from '#contract/base.ts';

/** Báo cáo tuần, báo cáo tháng về chỉ tiêu ĐỎ, báo cáo chiến dịch, báo cáo đột xuất; công văn đôn đốc, công văn hướng dẫn. */
export const ReportKind = Type.Union([
  Type.Literal('weekly'),
  Type.Literal('monthly-red'),
  Type.Literal('campaign'),
  Type.Literal('ad-hoc'),
  Type.Literal('urging'),
  Type.Literal('guidance'),
]);
export type ReportKind = Static<typeof ReportKind>;

/** A draft follows the data; `locked` never changes again; locked is not sent. `returned`: sent back by who received it. */
export const ReportLife = Type.Union([Type.Literal('draft'), Type.Literal('locked'), Type.Literal('sent'), Type.Literal('returned')]);
export type ReportLife = Static<typeof ReportLife>;

export const ReportProvenance = Type.Union([Provenance, Type.Literal('mixed')]);
export type ReportProvenance = Static<typeof ReportProvenance>;

/**
 * A figure as a report prints it, with what it was counted from.
 * Shape: `text` e.g. `229/414 (55,3 %)`; `hash` SHA-256 of the rows; `provenance` null when there is no row.
 */
export const Figure = Closed({
  id: Type.String(),
  label: Type.String(),
  text: Type.String(),
  count: Type.Number(),
  of: Nullable(Type.Number()),
  before: Nullable(Type.String()),
  provenance: Nullable(ReportProvenance),
  asOf: EpochMs,
  query: Type.String(),
  hash: Type.String(),
  rows: Type.Integer(),
});
export type Figure = Static<typeof Figure>;

/** One row that a figure counts: `part` of `whole`. */
export const FigureRow = Closed({ id: Type.String(), unit: Nullable(UnitCode), part: Type.Number(), whole: Type.Number(), at: Nullable(EpochMs), text: Type.String(), provenance: Provenance });
export type FigureRow = Static<typeof FigureRow>;

/** A stretch of text; one that prints a figure names it and is never broken over lines. */
export const Run = Closed({ text: Type.String(), figure: Type.Optional(Type.String()) });
export type Run = Static<typeof Run>;

export const ReportTable = Closed({ kind: Type.Literal('table'), caption: Nullable(Type.String()), header: Type.Array(Type.String()), rows: Type.Array(Type.Array(Type.String())), widths: Type.Array(Type.Number()) });
export type ReportTable = Static<typeof ReportTable>;
export const ReportBlock = Type.Union([Closed({ kind: Type.Literal('paragraph'), runs: Type.Array(Run) }), ReportTable]);
export type ReportBlock = Static<typeof ReportBlock>;

/** A part under an official heading; `id` is what an editor's own text belongs to. */
export const ReportSection = Closed({ id: Type.String(), level: Type.Integer({ minimum: 1, maximum: 3 }), heading: Type.String(), blocks: Type.Array(ReportBlock) });
export type ReportSection = Static<typeof ReportSection>;

/** Every part of an official document in the order of Decree 30/2020/NĐ-CP. `number` is empty until the clerk gives it. */
export const OfficialDocument = Closed({
  form: Type.Union([Type.Literal('report'), Type.Literal('letter')]),
  parent: Nullable(Type.String()),
  issuer: Type.String(),
  number: Nullable(Type.String()),
  symbol: Type.String(),
  place: Type.String(),
  at: EpochMs,
  name: Type.String(),
  summary: Type.String(),
  addressees: Type.Array(Type.String()),
  opening: Type.Array(ReportBlock),
  sections: Type.Array(ReportSection),
  closing: Type.Array(ReportBlock),
  recipients: Type.Array(Type.String()),
  authority: Nullable(Type.String()),
  position: Type.String(),
});
export type OfficialDocument = Static<typeof OfficialDocument>;

/** Who a report was sent to, and when that place said it has it. */
export const Recipient = Closed({ name: Type.String(), receivedAt: Nullable(EpochMs) });
export type Recipient = Static<typeof Recipient>;

/** The record of sending: we do not sign, the signed file comes from the office. `rung` is the step of the ladder it went to. */
export const Sending = Closed({ number: Type.String(), on: Type.String(), at: EpochMs, by: Type.String(), rung: Nullable(Type.String()), signedFile: Nullable(Id), recipients: Type.Array(Recipient) });
export type Sending = Static<typeof Sending>;

/** A report as lists show it. `dueAt` null = no deadline of its own. */
export const ReportState = Closed({
  id: Id,
  kind: ReportKind,
  title: Type.String(),
  /** The campaign it is about; absent when it is about none. */
  campaign: Type.Optional(Nullable(Id)),
  unit: Nullable(UnitCode),
  period: Type.String(),
  from: EpochMs,
  to: EpochMs,
  dueAt: Nullable(EpochMs),
  isLate: Type.Boolean(),
  state: ReportLife,
  provenance: Nullable(ReportProvenance),
  hash: Nullable(Type.String()),
  createdAt: EpochMs,
  createdBy: Type.String(),
  updatedAt: EpochMs,
  lockedAt: Nullable(EpochMs),
  lockedBy: Nullable(Type.String()),
  sent: Nullable(Sending),
  returnReason: Nullable(Type.String()),
});
export type ReportState = Static<typeof ReportState>;

/** `GET /api/v1/reports/:id`. `texts`: what an editor wrote under each section. */
export const ReportDetail = Closed({ ...ReportState.properties, document: OfficialDocument, figures: Type.Array(Figure), texts: Type.Record(Type.String(), Type.String()) });
export type ReportDetail = Static<typeof ReportDetail>;

export const ReportsAnswer = Closed({ at: EpochMs, items: Type.Array(ReportState), next: Nullable(Type.String()) });
export type ReportsAnswer = Static<typeof ReportsAnswer>;

/** `POST /api/v1/reports`. `at`: a moment of the wanted period, now when absent; `from`, `to` only for campaign and ad hoc; `campaign`: the one a report of that kind is about. */
export const MakeReport = Closed({
  kind: ReportKind,
  campaign: Type.Optional(Id),
  unit: Type.Optional(UnitCode),
  at: Type.Optional(EpochMs),
  from: Type.Optional(EpochMs),
  to: Type.Optional(EpochMs),
  title: Type.Optional(Line(300)),
});
export type MakeReport = Static<typeof MakeReport>;

/** `PATCH /api/v1/reports/:id`. */
export const EditReport = Closed({ texts: Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 8000 })) });
export type EditReport = Static<typeof EditReport>;

/** `POST /api/v1/reports/:id/sent`. `on`: yyyy-mm-dd as on the paper. */
export const RecordSending = Closed({
  number: Line(60),
  on: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
  recipients: Type.Array(Line(200), { minItems: 1, maxItems: 60 }),
  rung: Type.Optional(Line(40)),
  signedFile: Type.Optional(Id),
});
export type RecordSending = Static<typeof RecordSending>;
export const RecordReceipt = Closed({ recipient: Line(200) });
export const ReturnReport = Closed({ reason: Line(1000) });

/** Chưa nộp, nộp đúng hạn, nộp muộn, bị trả lại. */
export const SubmissionState = Type.Union([Type.Literal('missing'), Type.Literal('on-time'), Type.Literal('late'), Type.Literal('returned')]);
export type SubmissionState = Static<typeof SubmissionState>;

/** `GET /api/v1/reports/ladder?at`: who of the units with ĐỎ has sent the month's report, and how far it has climbed. */
export const LadderAnswer = Closed({
  period: Type.String(),
  dueAt: EpochMs,
  units: Type.Array(Closed({ unit: UnitCode, name: Type.String(), redCount: Type.Integer(), state: SubmissionState, sentAt: Nullable(EpochMs), reportId: Nullable(Id) })),
  rungs: Type.Array(Closed({ id: Type.String(), name: Type.String(), isSupport: Type.Boolean(), sentAt: Nullable(EpochMs), receivedAt: Nullable(EpochMs), reportId: Nullable(Id) })),
});
export type LadderAnswer = Static<typeof LadderAnswer>;

/** `GET /api/v1/reports/calendar`: the deadlines ahead. */
export const ReportCalendar = Closed({ at: EpochMs, items: Type.Array(Closed({ kind: ReportKind, period: Type.String(), from: EpochMs, to: EpochMs, dueAt: EpochMs, reportId: Nullable(Id), state: Nullable(ReportLife) })) });
export type ReportCalendar = Static<typeof ReportCalendar>;
