import type { Level } from '#contract/base.ts';
import type { AlertKind, AlertLifeState, AlertState } from '#contract/topics/alert.ts';
import { fold } from '../../../geo/fold.ts';

/** What the list shows. `open` is everything that still needs someone; a set without levels is all levels. */
export interface AlertFilter {
  levels: readonly Level[];
  kind: AlertKind | '';
  state: AlertLifeState | 'open' | 'shelved' | 'all';
  words: string;
}

export const EVERY_OPEN_ALERT: AlertFilter = { levels: [], kind: '', state: 'open', words: '' };

/** The next time that binds someone: taking the alert over, then resolving it. Units: epoch ms. */
export interface Deadline {
  kind: 'acknowledge' | 'resolve';
  at: number;
}

/** What must be seen first among equals: nobody has it, then a result waits to be checked. */
const URGENCY: Readonly<Record<AlertLifeState, number>> = { raised: 0, resolved: 1, acknowledged: 2, assigned: 3, 'in-progress': 4, verified: 5, closed: 6 };

const isDone = ({ state }: AlertState): boolean => state === 'verified' || state === 'closed';
export const isShelved = ({ shelvedUntil }: AlertState, now: number): boolean => shelvedUntil !== null && shelvedUntil > now;

export function deadlineOf(alert: Pick<AlertState, 'state' | 'acknowledgeBy' | 'dueAt'>): Deadline | null {
  if (alert.state === 'raised') return { kind: 'acknowledge', at: alert.acknowledgeBy };
  return ['acknowledged', 'assigned', 'in-progress'].includes(alert.state) ? { kind: 'resolve', at: alert.dueAt } : null;
}

const isInState = (alert: AlertState, state: AlertFilter['state'], now: number): boolean => {
  if (state === 'all') return true;
  if (state === 'shelved') return isShelved(alert, now);
  if (state === 'open') return alert.state !== 'closed' && alert.duplicateOf === null && !isShelved(alert, now);
  return alert.state === state;
};

/** The alerts of a filter: done ones last, ĐỎ on top, nobody's before somebody's, then by deadline. `wordsOf` gives folded words. */
export function listAlerts(alerts: readonly AlertState[], filter: AlertFilter, now: number, wordsOf: (alert: AlertState) => string): AlertState[] {
  const asked = fold(filter.words).split(' ').filter(Boolean);
  return alerts
    .filter((alert) => isInState(alert, filter.state, now))
    .filter((alert) => (filter.levels.length === 0 || filter.levels.includes(alert.level)) && (filter.kind === '' || alert.kind === filter.kind))
    .filter((alert) => asked.length === 0 || asked.every((word) => wordsOf(alert).includes(word)))
    .sort(
      (a, b) =>
        Number(isDone(a)) - Number(isDone(b)) ||
        a.level - b.level ||
        URGENCY[a.state] - URGENCY[b.state] ||
        (deadlineOf(a)?.at ?? Infinity) - (deadlineOf(b)?.at ?? Infinity) ||
        b.raisedAt - a.raisedAt ||
        a.id.localeCompare(b.id),
    );
}

export interface AlertCounts {
  open: number;
  levels: Readonly<Record<Level, number>>;
  raised: number;
  overdue: number;
  toCheck: number;
}

/** Figures above the list; they never depend on the filter. */
export function countAlerts(alerts: readonly AlertState[], now: number): AlertCounts {
  const levels: Record<Level, number> = { 1: 0, 2: 0, 3: 0, 4: 0 };
  const counts = { open: 0, raised: 0, overdue: 0, toCheck: 0 };
  for (const alert of alerts) {
    if (isDone(alert) || !isInState(alert, 'open', now)) continue;
    counts.open++;
    levels[alert.level]++;
    if (alert.state === 'raised') counts.raised++;
    if (alert.state === 'resolved') counts.toCheck++;
    if ((deadlineOf(alert)?.at ?? Infinity) < now) counts.overdue++;
  }
  return { ...counts, levels };
}
