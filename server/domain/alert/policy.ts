import type { Level } from '#contract/base.ts';
import type { AlertKind } from '#contract/topics/alert.ts';
import policy from './policy.json' with { type: 'json' };

/** Time allowed for an alert. `working` counts office hours only, `always` counts day and night. Units: minutes. */
export interface Allowance {
  acknowledgeMinutes: number;
  dueMinutes: number;
  time: 'always' | 'working';
}

/** Rules of alerting that differ per province: a version, allowances by level, and exceptions by kind. */
export interface AlertPolicy {
  version: number;
  validFrom: string;
  /** Longest time an alert may be put aside. Units: hours. */
  shelveMaxHours: number;
  /** How far a late alert climbs, and how long it waits on each rung. */
  escalation: { highest: number; everyMinutes: Record<Level, number> };
  levels: Record<Level, Allowance>;
  kinds: Partial<Record<AlertKind, Partial<Record<Level, Allowance>>>>;
}

/** The alert policy in force. */
export const alertPolicy = policy as AlertPolicy;
