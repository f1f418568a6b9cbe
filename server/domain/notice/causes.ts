import type { LogEntry } from '#contract/entry.ts';
import type { NoticeKind } from '#contract/notice.ts';
import type { Role } from '#contract/roles.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';

/** Something somebody must be told, with the roles to tell and where the thing belongs. */
export interface Cause {
  kind: NoticeKind;
  title: string;
  isUrgent: boolean;
  roles: readonly Role[];
  unit: string | null;
  ward: string | null;
}

/** The act behind an entry, as its key names it: `<command>/<thing>/<rev>`; anything else came from a source. */
function actOf({ key, id, rev }: LogEntry): string {
  const end = `/${id}/${rev}`;
  return key.endsWith(end) ? key.slice(0, -end.length) : '';
}

function causesOfAlert(entry: LogEntry): Cause[] {
  const { level, state, title, unit, ward } = entry.body as AlertState;
  const cause = (kind: NoticeKind, roles: readonly Role[]): Cause => ({ kind, title, roles, unit, ward, isUrgent: level === 1 });
  switch (actOf(entry)) {
    case '':
      return level === 1 && state === 'raised' && entry.rev === 1 ? [cause('alert-red', ['operator', 'leader'])] : [];
    case 'alert.escalate':
      return [{ ...cause('alert-escalated', ['leader', 'operator']), isUrgent: true }];
    case 'alert.propose-shelve':
      return [{ ...cause('shelve-asked', ['operator']), isUrgent: true }];
    case 'procedure.skip':
      return [cause('step-skipped', ['leader'])];
    default:
      return [];
  }
}

const OF_REQUEST: Readonly<Record<string, readonly [NoticeKind, readonly Role[]]>> = {
  'alert.assign': ['request-sent', ['unit-officer']],
  'feedback.assign': ['request-sent', ['unit-officer']],
  'direction.issue': ['request-sent', ['unit-officer']],
  'case.obstacle': ['request-sent', ['unit-officer']],
  'handling-request.redirect': ['request-sent', ['unit-officer']],
  'handling-request.nudge': ['request-nudged', ['unit-officer']],
  'handling-request.explain': ['explanation-asked', ['unit-officer']],
  'handling-request.answer-explanation': ['explained', ['operator']],
  'handling-request.return': ['request-returned', ['operator']],
  'handling-request.carry-out': ['request-carried-out', ['operator']],
};

function causesOfRequest(entry: LogEntry): Cause[] {
  const { title, unit, ward, level, step, returnReason } = entry.body as HandlingRequestState;
  const act = actOf(entry);
  const isRefused = act.endsWith('.verify') && step === 'accepted' && returnReason !== null;
  if (act === 'handling-request.redirect' && step !== 'sent') return [];
  const [kind, roles] = isRefused ? (['result-refused', ['unit-officer']] as const) : (OF_REQUEST[act] ?? []);
  return kind && roles ? [{ kind, title, roles, unit, ward, isUrgent: level === 1 }] : [];
}

/** What an entry of the log is a reason to tell, and to whom. */
export function causesOf(entry: LogEntry): Cause[] {
  if (entry.topic === 'alert') return causesOfAlert(entry);
  return entry.topic === 'handling-request' ? causesOfRequest(entry) : [];
}
