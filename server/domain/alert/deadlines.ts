import type { Level } from '#contract/base.ts';
import type { AlertKind } from '#contract/topics/alert.ts';
import { vietnamCalendar } from '../calendar/vietnam.ts';
import { alertPolicy, type Allowance } from './policy.ts';

const MINUTE_MS = 60_000;

/** When an alert must be acknowledged and when it must be resolved, counted from when it was raised. */
export function alertDeadlines(kind: AlertKind, level: Level, raisedAt: number): { acknowledgeBy: number; dueAt: number } {
  const allowance = allowanceOf(kind, level);
  const after = (minutes: number) =>
    allowance.time === 'working' ? vietnamCalendar.addTime(raisedAt, minutes * MINUTE_MS) : raisedAt + minutes * MINUTE_MS;
  return { acknowledgeBy: after(allowance.acknowledgeMinutes), dueAt: after(allowance.dueMinutes) };
}

/** The due time a unit is given when the operator names none: the alert's own, or a fresh one when that has passed. */
export function requestDueAt(alert: { kind: AlertKind; level: Level; dueAt: number }, now: number): number {
  return alert.dueAt > now ? alert.dueAt : alertDeadlines(alert.kind, alert.level, now).dueAt;
}

function allowanceOf(kind: AlertKind, level: Level): Allowance {
  return alertPolicy.kinds[kind]?.[level] ?? alertPolicy.levels[level];
}
