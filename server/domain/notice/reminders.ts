import type { AgendaItem } from '#contract/meeting.ts';
import type { NoticeKind } from '#contract/notice.ts';
import type { Obligation } from '#contract/red.ts';
import type { Role } from '#contract/roles.ts';
import type { Cause } from './causes.ts';

/** A reminder that is due now. `name` is the same each time it is worked out, so that nobody is reminded twice of one stage. */
export interface Reminder extends Cause {
  name: string;
  topic: string;
  thing: string;
}

/** The louder, the higher: from the unit itself to the desk and then to leaders. */
const ROLES: Readonly<Record<number, readonly Role[]>> = { 1: ['unit-officer'], 2: ['unit-officer'], 3: ['unit-officer', 'operator'], 4: ['unit-officer', 'operator', 'leader'] };
/** Reports belong to those who write them. */
const WRITERS: Readonly<Record<number, readonly Role[]>> = { 1: ['report-editor'], 2: ['report-editor', 'operator'], 3: ['report-editor', 'operator'], 4: ['report-editor', 'operator', 'leader'] };

const topicOf = ({ kind, about }: Obligation): string => (about?.startsWith('rc-') ? 'case' : about?.startsWith('hr-') ? 'handling-request' : kind.endsWith('report') ? 'report' : 'red-status');

/** Reminders of obligations at their stage, each stage once; what stands far off reminds nobody. */
export function remindersOf(obligations: readonly Obligation[]): Reminder[] {
  return obligations.filter(({ stage, dataSet }) => stage > 0 && dataSet === null).map((due) => {
    const isReport = due.kind === 'weekly-report' || due.kind === 'monthly-report';
    const kind: NoticeKind = due.kind === 'milestone' && due.isOverdue ? 'promise-broken' : due.isOverdue ? 'reminder-late' : 'reminder';
    return {
      name: `remind/${due.id}/${due.stage}${due.isOverdue ? '/late' : ''}`, kind, title: due.title, isUrgent: due.stage === 4,
      roles: (isReport ? WRITERS : ROLES)[due.stage]!, unit: due.unit, ward: null, topic: topicOf(due), thing: due.about ?? due.id,
    };
  });
}

/** What is beyond the authority of its unit (vượt thẩm quyền) goes up to leaders, once; what its unit asked itself climbs its own ladder. */
export function escalationsOf(items: readonly AgendaItem[]): Reminder[] {
  return items.filter(({ exceeds, reason }) => exceeds && reason !== 'escalated').map(({ id, title, unit, caseId }) => ({
    name: `beyond/${id}`, kind: 'beyond-authority', title, isUrgent: true, roles: ['leader', 'operator'], unit, ward: null,
    topic: caseId === null ? 'red-status' : 'case', thing: caseId ?? id.replace(/^status\//, ''),
  }));
}
