import type { Outcome } from '#contract/faults.ts';
import type { ImportMapping, ImportOutcome } from '#contract/feedbackImport.ts';
import type { Principal } from '#contract/roles.ts';

/** A sheet of reports: what it would do, then doing it. */
export interface FeedbackImportPort {
  /** `isDone` false only looks. The same sheet twice changes nothing. Fails: SHEET_UNREADABLE, STORE_UNAVAILABLE. */
  read(actor: Principal, sheet: { name: string; bytes: Uint8Array; source: string; mapping?: ImportMapping | undefined; isDone: boolean }): Promise<Outcome<ImportOutcome>>;
}
