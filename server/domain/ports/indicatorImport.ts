import type { Outcome } from '#contract/faults.ts';
import type { EnterValue, IndicatorImport, IndicatorImportDetail, IndicatorImports } from '#contract/indicatorImport.ts';
import type { Scope } from '../scope.ts';

/** A file as it was sent. */
export interface SentFile {
  name: string;
  bytes: Uint8Array;
}

/** Values of indicators from people: one by a form, many by a spreadsheet. An import belongs to who sent it and to operators. */
export interface IndicatorImportPort {
  /** Begins to read; the answer comes at once. Fails: IMPORT_FORM, IMPORT_BUSY, STORE_UNAVAILABLE. */
  begin(file: SentFile, scope: Scope): Promise<Outcome<IndicatorImport>>;
  list(scope: Scope): Promise<Outcome<IndicatorImports>>;
  /** Fails: NOT_FOUND. */
  get(id: string, scope: Scope): Promise<Outcome<IndicatorImportDetail>>;
  /** Takes every good row in one transaction. Fails: NOT_FOUND, STATE_STEP, IMPORT_FAULTY. */
  take(id: string, skipFaulty: boolean, scope: Scope): Promise<Outcome<IndicatorImport>>;
  /** Stops it; nothing of it stays. Fails: NOT_FOUND, STATE_STEP once its values are in force. */
  cancel(id: string, scope: Scope): Promise<Outcome<IndicatorImport>>;
  /** Every remark as CSV. Fails: NOT_FOUND. */
  remarks(id: string, scope: Scope): Promise<Outcome<string>>;
  /** Fails: AUTH_FORBIDDEN for a unit of others, INGEST_ITEM with a pointer, STORE_UNAVAILABLE. */
  enter(value: EnterValue, scope: Scope): Promise<Outcome<{ id: string }>>;
}
