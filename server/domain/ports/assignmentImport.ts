import type { OfficeOutcome } from '#contract/assignmentImport.ts';
import type { Outcome } from '#contract/faults.ts';
import type { Scope } from '../scope.ts';

/** A sheet of assignments from the office system: what it would do, then doing it whole or not at all. */
export interface AssignmentImportPort {
  /** `isDone` false only looks. Fails: SHEET_UNREADABLE, IMPORT_FAULTY while rows are refused and nobody said to leave them out, STORE_UNAVAILABLE. */
  read(bytes: Uint8Array, how: { isDone: boolean; skipsFaulty: boolean }, scope: Scope): Promise<Outcome<OfficeOutcome>>;
}
