import type { AlertRow } from '#contract/alertBook.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import { floodPolicy, type FloodPolicy } from './policy.ts';

const MINUTE_MS = 60_000;

/** What grouping needs of an alert. */
export type FloodAlert = Pick<AlertState, 'id' | 'source' | 'kind' | 'level' | 'title' | 'state' | 'ward' | 'position' | 'raisedAt'>;

interface OpenRow {
  row: AlertRow;
  /** When the newest members were raised, for chatter. */
  recent: number[];
  latchedUntil: number;
}

/** Place, type and cause: the ward, the kind, and the source that says it. */
const causeOf = ({ kind, ward, source }: FloodAlert) => `${kind} ${ward ?? '-'} ${source}`;

/**
 * The operator's rows for a list of alerts, in the order they were raised. ĐỎ is always a row of its own. Others join
 * the row of their place, type and cause while it is not quiet; when a window has had its share of new rows, what comes
 * goes into one flood row, so that no window opens more than the policy allows beside ĐỎ beyond its reserve.
 */
export function rowsOf(alerts: readonly FloodAlert[], now: number, policy: FloodPolicy = floodPolicy): AlertRow[] {
  const rows: OpenRow[] = [];
  const byCause = new Map<string, OpenRow>();
  const openedAt: number[] = [];
  const share = policy.rowsPerWindow - policy.keptForRed - 1;
  let flood: OpenRow | undefined;

  const open = (alert: FloodAlert, form: AlertRow['form'], id: string): OpenRow => {
    const opened = startRow(alert, form, id);
    rows.push(opened);
    return opened;
  };
  const isAwake = ({ row }: OpenRow, at: number) => at - row.lastAt <= policy.quietMinutes * MINUTE_MS;

  for (const alert of [...alerts].sort((a, b) => a.raisedAt - b.raisedAt || a.id.localeCompare(b.id))) {
    if (alert.level === 1) {
      open(alert, 'alert', alert.id);
      continue;
    }
    const cause = causeOf(alert);
    const known = byCause.get(cause);
    if (known && isAwake(known, alert.raisedAt)) {
      join(known, alert, policy);
      continue;
    }
    while (openedAt[0] !== undefined && alert.raisedAt - openedAt[0] >= policy.windowMinutes * MINUTE_MS) openedAt.shift();
    if (openedAt.length < share) {
      openedAt.push(alert.raisedAt);
      byCause.set(cause, open(alert, 'alert', alert.id));
    } else if (flood && isAwake(flood, alert.raisedAt)) join(flood, alert, policy);
    else flood = open(alert, 'flood', `flood-${alert.id}`);
  }
  return rows.map(({ row, latchedUntil }) => ({ ...row, isLatched: now <= latchedUntil }));
}

function startRow(alert: FloodAlert, form: AlertRow['form'], id: string): OpenRow {
  const { level, kind, title, ward, position, raisedAt } = alert;
  const isFlood = form === 'flood';
  const row: AlertRow = {
    id, form, level, title, position,
    kind: isFlood ? null : kind,
    ward: isFlood ? null : ward,
    openedAt: raisedAt,
    lastAt: raisedAt,
    unacknowledged: alert.state === 'raised' ? 1 : 0,
    isLatched: false,
    members: [alert.id],
  };
  return { row, recent: [raisedAt], latchedUntil: 0 };
}

function join(open: OpenRow, alert: FloodAlert, { chatter }: FloodPolicy): void {
  const { row } = open;
  if (row.form === 'alert') {
    row.form = 'group';
    row.id = `group-${row.members[0]}`;
  }
  row.members.push(alert.id);
  if (alert.level < row.level) Object.assign(row, { level: alert.level, title: alert.title });
  row.lastAt = alert.raisedAt;
  if (alert.state === 'raised') row.unacknowledged += 1;
  open.recent = [...open.recent.filter((at) => alert.raisedAt - at <= chatter.withinSeconds * 1000), alert.raisedAt];
  if (open.recent.length >= chatter.count || alert.raisedAt <= open.latchedUntil) open.latchedUntil = alert.raisedAt + chatter.quietMinutes * MINUTE_MS;
}
