import type { AlertState } from '#contract/topics/alert.ts';
import { isShelved, lateness } from './life.ts';
import { alertPolicy } from './policy.ts';

const MINUTE_MS = 60_000;

/**
 * The rung an alert must stand on now: one when nobody took it over or resolved it in time, and one more after each
 * further wait of its level. It follows from the alert and the clock alone, so asking twice, or after a restart, changes
 * nothing; a rung once reached is never left.
 */
export function escalationOf(alert: Pick<AlertState, 'state' | 'status' | 'level' | 'acknowledgeBy' | 'dueAt' | 'escalated' | 'shelvedUntil' | 'duplicateOf'>, now: number): number {
  const late = lateness(alert, now);
  if (!late || alert.status === 'ended' || alert.duplicateOf !== null || isShelved(alert, now)) return alert.escalated;
  const lateSince = alert.state === 'raised' ? Math.min(alert.acknowledgeBy, alert.dueAt) : alert.dueAt;
  const { highest, everyMinutes } = alertPolicy.escalation;
  const rungs = 1 + Math.floor((now - lateSince) / (everyMinutes[alert.level] * MINUTE_MS));
  return Math.max(alert.escalated, Math.min(highest, rungs));
}

/** The alert on the rung it must stand on; the same object when it stands there. */
export function escalate(alert: AlertState, now: number): AlertState {
  const escalated = escalationOf(alert, now);
  return escalated === alert.escalated ? alert : { ...alert, escalated, updatedAt: Math.max(now, alert.updatedAt) };
}
