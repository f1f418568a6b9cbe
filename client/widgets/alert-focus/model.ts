import type { AlertState } from '#contract/topics/alert.ts';

const OVER = new Set<AlertState['state']>(['resolved', 'verified', 'closed']);

/** The alert in focus: the chosen one, else the most urgent open one, the longest waiting first. */
export function focusOf(alerts: readonly AlertState[], chosen: string | undefined): AlertState | undefined {
  if (chosen !== undefined) return alerts.find((alert) => alert.id === chosen);
  return alerts
    .filter((alert) => !OVER.has(alert.state) && alert.duplicateOf === null)
    .reduce<AlertState | undefined>((best, alert) => (!best || alert.level < best.level || (alert.level === best.level && alert.raisedAt < best.raisedAt) ? alert : best), undefined);
}
