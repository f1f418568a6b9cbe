import type { Procedure, ProcedureLife } from '#contract/procedure.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';

/** Where a version may go: soạn thảo → thẩm định pháp lý → có hiệu lực → bãi bỏ; a review may send it back. */
export const PROCEDURE_LIFE: Readonly<Record<ProcedureLife, readonly ProcedureLife[]>> = {
  draft: ['legal-review', 'withdrawn'],
  'legal-review': ['draft', 'in-force', 'withdrawn'],
  'in-force': ['withdrawn'],
  withdrawn: [],
};

/** Who moves a version, when and why. */
export interface ProcedureMove {
  to: ProcedureLife;
  by: string;
  at: number;
  reason?: string | undefined;
}

/** Moves a version on. Sending back and withdrawing need a reason. Fails: STATE_STEP, STATE_REASON. */
export function moveProcedure(procedure: Procedure, { to, by, at, reason }: ProcedureMove): Outcome<Procedure> {
  if (procedure.state === to) return okay(procedure);
  if (!PROCEDURE_LIFE[procedure.state].includes(to)) return refused('STATE_STEP');
  const words = reason?.trim() || null;
  if ((to === 'draft' || to === 'withdrawn') && words === null) return refused('STATE_REASON', { pointer: '/reason' });
  return okay({ ...procedure, state: to, changedAt: Math.max(at, procedure.changedAt), changedBy: by, reason: words });
}
