import type { ReportLife } from '#contract/report.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';

/** What is done to a report. */
export type ReportAct = 'edit' | 'renew' | 'lock' | 'send' | 'sign' | 'receive' | 'return' | 'drop';

const ALLOWED: Record<ReportAct, readonly ReportLife[]> = {
  edit: ['draft'],
  renew: ['draft'],
  lock: ['draft'],
  drop: ['draft'],
  send: ['locked'],
  sign: ['sent'],
  receive: ['sent'],
  return: ['sent'],
};
const WRITERS = new Set(['report-editor', 'operator', 'unit-officer', 'admin']);
const OVERSEERS = new Set(['report-editor', 'operator', 'admin']);

/** Whether an act fits the life of a report. Fails: STATE_STEP. */
export function stepAllows(act: ReportAct, state: ReportLife): Outcome<null> {
  return ALLOWED[act].includes(state) ? okay(null) : refused('STATE_STEP', { detail: state });
}

/** Whether a person may write reports; an officer of a unit only the monthly report of a unit they see. Fails: AUTH_FORBIDDEN. */
export function mayWrite({ kind, roles, units }: Principal, report: { kind: string; unit: string | null }, seesUnit: boolean): Outcome<null> {
  if (kind === 'system') return okay(null);
  const isWriter = kind === 'person' && roles.some((role) => WRITERS.has(role));
  const isOverseer = kind === 'person' && roles.some((role) => OVERSEERS.has(role));
  const isOwn = report.unit === null ? units === null : seesUnit;
  return isOwn && (isOverseer || (isWriter && report.kind === 'monthly-red' && report.unit !== null)) ? okay(null) : refused('AUTH_FORBIDDEN');
}

/** Only who gathers the reports may send one back. Fails: AUTH_FORBIDDEN. */
export const mayReturn = ({ kind, roles }: Principal): Outcome<null> =>
  kind === 'system' || roles.some((role) => OVERSEERS.has(role)) ? okay(null) : refused('AUTH_FORBIDDEN');
