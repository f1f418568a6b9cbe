import type { Provenance } from '#contract/base.ts';
import type { Outcome } from '#contract/faults.ts';
import type { EditReport, FigureRow, LadderAnswer, MakeReport, RecordSending, ReportCalendar, ReportDetail, ReportsAnswer, ReportState } from '#contract/report.ts';
import type { CampaignState } from '#contract/topics/campaign.ts';
import type { Scope } from '../scope.ts';

/** Formats a report leaves in. */
export type ReportFormat = 'pdf' | 'docx' | 'xlsx' | 'csv';

export interface ReportFile {
  name: string;
  contentType: string;
  body: Buffer;
}

/** Reports and official letters: made from the data, edited, locked, recorded as sent. Fails of all: NOT_FOUND, AUTH_FORBIDDEN, STATE_STEP. */
export interface ReportsPort {
  list(scope: Scope): Promise<ReportsAnswer>;
  get(id: string, scope: Scope): Promise<Outcome<ReportDetail>>;
  calendar(scope: Scope): Promise<ReportCalendar>;
  ladder(at: number | undefined, scope: Scope): Promise<Outcome<LadderAnswer>>;
  make(wish: MakeReport, scope: Scope): Promise<Outcome<ReportDetail>>;
  edit(id: string, change: EditReport, scope: Scope): Promise<Outcome<ReportDetail>>;
  /** Counts everything anew; the editor's texts stay. */
  renew(id: string, scope: Scope): Promise<Outcome<ReportDetail>>;
  lock(id: string, scope: Scope): Promise<Outcome<ReportDetail>>;
  recordSending(id: string, sending: RecordSending, scope: Scope): Promise<Outcome<ReportDetail>>;
  /** Keeps the file the office signed, once the report was recorded as sent. Fails: REQUEST_MEDIA_TYPE for what is no PDF. */
  keepSigned(id: string, body: Uint8Array, scope: Scope): Promise<Outcome<ReportDetail>>;
  /** Fails: NOT_FOUND when none was kept. */
  signed(id: string, scope: Scope): Promise<Outcome<ReportFile>>;
  recordReceipt(id: string, recipient: string, scope: Scope): Promise<Outcome<ReportDetail>>;
  giveBack(id: string, reason: string, scope: Scope): Promise<Outcome<ReportDetail>>;
  /** The rows a figure was counted from. */
  rows(id: string, figure: string, scope: Scope): Promise<Outcome<FigureRow[]>>;
  file(id: string, format: ReportFormat, scope: Scope): Promise<Outcome<ReportFile>>;
}

/** A figure as counted in one transaction. */
export interface Counted {
  rows: FigureRow[];
  query: string;
}

/** A campaign with everything it found. */
export interface KeptCampaign {
  state: CampaignState;
  things: { thing: string; unit: string | null; title: string; dueAt: number; doneAt: number | null; provenance: Provenance; responsible: { position?: string; name?: string } | null }[];
}

/** Counting and keeping of reports. */
export interface ReportStorePort {
  campaign(id: string): Promise<KeptCampaign | undefined>;
  /** Every named figure over [from, to), all as of one moment of the store. */
  count(figures: readonly string[], from: number, to: number, units: readonly string[] | null): Promise<ReadonlyMap<string, Counted>>;
  list(units: ReadonlySet<string> | null): Promise<KeptReport[]>;
  get(id: string): Promise<KeptReport | undefined>;
  /** Texts, figures and rows. */
  content(id: string): Promise<KeptContent | undefined>;
  add(report: Omit<KeptReport, 'id' | 'rev'>, content: KeptContent): Promise<KeptReport>;
  /** Keeps a signed file; the same file again is the same. Returns its id. */
  keepSigned(report: string, body: Uint8Array, by: string, at: number): Promise<string>;
  signed(report: string, file: string): Promise<Uint8Array | undefined>;
  /** Fails: STATE_CONFLICT when someone else changed it since `report` was read. */
  change(report: KeptReport, content?: KeptContent): Promise<Outcome<KeptReport>>;
}

/** A report as kept: `ReportState` with its revision. */
export type KeptReport = ReportState & { rev: number };

/** What a report says. After the lock the store itself refuses a change. */
export interface KeptContent {
  document: ReportDetail['document'];
  figures: ReportDetail['figures'];
  texts: ReportDetail['texts'];
  rows: Record<string, FigureRow[]>;
}
