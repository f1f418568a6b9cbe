import type { AlertState } from '#contract/topics/alert.ts';
import type { Settings } from './settings.ts';

const OVER = new Set<AlertState['state']>(['resolved', 'verified', 'closed']);

/** Alerts that still need someone: most urgent first, then those nobody took, then the newest. */
export function openAlerts(alerts: readonly AlertState[], { levels, kinds, unit }: Settings, now: number): AlertState[] {
  return alerts
    .filter((alert) => !OVER.has(alert.state) && alert.duplicateOf === null && (alert.shelvedUntil ?? 0) <= now)
    .filter((alert) => (!levels || levels.includes(alert.level)) && (!kinds || kinds.includes(alert.kind)) && (!unit || alert.unit === unit || alert.ward === unit))
    .sort((a, b) => a.level - b.level || Number(b.state === 'raised') - Number(a.state === 'raised') || b.raisedAt - a.raisedAt);
}
