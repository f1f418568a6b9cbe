import type { Outcome } from '#contract/faults.ts';
import type { Procedure, ProcedureCoverage, ProcedureLife, ProcedureRun } from '#contract/procedure.ts';
import type { Principal } from '#contract/roles.ts';
import type { Scope } from '../scope.ts';

/** Procedures, their versions, and their runs on alerts. */
export interface ProceduresPort {
  /** Every version, by code and newest first. */
  list(): Promise<Outcome<Procedure[]>>;
  coverage(): Promise<Outcome<ProcedureCoverage[]>>;
  /** Writes a new draft, or the present draft of its code anew. Fails: PROCEDURE_TEXT. */
  draft(actor: Principal, text: unknown): Promise<Outcome<Procedure>>;
  /** Fails: NOT_FOUND, STATE_STEP, STATE_REASON. A version that comes into force withdraws the one before. */
  move(actor: Principal, code: string, version: number, to: ProcedureLife, reason: string | undefined): Promise<Outcome<Procedure>>;
  /** Runs on an alert, newest first. Fails: NOT_FOUND. */
  runs(scope: Scope, alert: string): Promise<Outcome<ProcedureRun[]>>;
}
