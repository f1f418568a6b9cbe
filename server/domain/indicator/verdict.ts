import type { Provenance } from '#contract/base.ts';
import type { Forecast, RedLevel, RedReason, RedStatusState, TrendPoint } from '#contract/topics/redStatus.ts';

/** What the rules say of one subject at one moment; indicators and assignments alike. */
export interface Verdict {
  level: RedLevel;
  reason: RedReason;
  isLow: boolean;
  period: string | null;
  value: number | null;
  target: number | null;
  achievement: number | null;
  progress: number | null;
  dueAt: number | null;
  trend: TrendPoint[];
  forecast: Forecast | null;
  provenance: Provenance | null;
  rule: string;
  asOf: number | null;
  /** When time alone made it so (a deadline passed); null when a value did. */
  turnedAt: number | null;
  /** When time alone may change it next; null = never. */
  nextCheckAt: number | null;
}

/** Since when it is what it is. */
export type Since = Pick<RedStatusState, 'since' | 'redSince' | 'lowSince'>;

/**
 * Carries the moments over from the status before. Missing data does not end a ĐỎ: who stops reporting stays red since then.
 * Units: epoch ms, domain time.
 */
export function sinceOf(previous: (Since & Pick<RedStatusState, 'level' | 'updatedAt'>) | undefined, verdict: Pick<Verdict, 'level' | 'isLow' | 'turnedAt'>, now: number): Since {
  const moment = verdict.turnedAt === null ? now : Math.min(now, Math.max(verdict.turnedAt, previous?.updatedAt ?? 0));
  const red = previous?.redSince ?? null;
  return {
    since: previous?.level === verdict.level ? previous.since : moment,
    redSince: verdict.level === 'red' ? (red ?? moment) : verdict.level === 'grey' ? red : null,
    lowSince: verdict.isLow ? (previous?.lowSince ?? moment) : null,
  };
}
