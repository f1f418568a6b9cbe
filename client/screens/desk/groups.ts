import type { AlertRow } from '#contract/alertBook.ts';
import type { AlertState } from '#contract/topics/alert.ts';

/** One line of the operator's list: an alert, or several of one place, type and cause behind one line. */
export type ListRow = { form: 'alert'; id: string; alert: AlertState; isMember: boolean } | { form: 'group'; id: string; group: AlertRow; shown: AlertState[]; isOpen: boolean };

/**
 * The list as lines. A group stands where its most urgent member would; its members follow it once it is unfolded. An
 * alert no group knows yet, and every ĐỎ, stands by itself.
 */
export function rowsOf(alerts: readonly AlertState[], groups: readonly AlertRow[], unfolded: ReadonlySet<string>): ListRow[] {
  const groupOf = new Map(groups.filter(({ members }) => members.length > 1).flatMap((group) => group.members.map((id) => [id, group] as const)));
  const members = new Map<string, AlertState[]>();
  for (const alert of alerts) {
    const group = alert.level === 1 ? undefined : groupOf.get(alert.id);
    if (group) members.set(group.id, [...(members.get(group.id) ?? []), alert]);
  }
  const rows: ListRow[] = [];
  const told = new Set<string>();
  for (const alert of alerts) {
    const group = alert.level === 1 ? undefined : groupOf.get(alert.id);
    const shown = group ? (members.get(group.id) ?? []) : [];
    if (!group || shown.length < 2) {
      rows.push({ form: 'alert', id: alert.id, alert, isMember: false });
      continue;
    }
    if (told.has(group.id)) continue;
    told.add(group.id);
    const isOpen = unfolded.has(group.id);
    rows.push({ form: 'group', id: group.id, group, shown, isOpen });
    if (isOpen) rows.push(...shown.map((member): ListRow => ({ form: 'alert', id: member.id, alert: member, isMember: true })));
  }
  return rows;
}
