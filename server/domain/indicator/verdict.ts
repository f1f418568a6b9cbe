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
  /** Since when its own history, as the source dates it, has been ĐỎ or low without a break. Asked only where nothing was known before. */
  toldSince?: (() => { red: number | null; low: number | null }) | undefined;
  /** When time alone may change it next; null = never. */
  nextCheckAt: number | null;
}

/** Since when it is what it is. */
export type Since = Pick<RedStatusState, 'since' | 'redSince' | 'lowSince'>;

/**
 * Carries the moments over from the status before. Missing data does not end a ĐỎ: who stops reporting stays red since then.
 * Where nothing was known before, a history that came whole says itself since when: a red of months does not begin on the day it is imported.
 * Units: epoch ms, domain time.
 */
export function sinceOf(previous: (Since & Pick<RedStatusState, 'level' | 'reason' | 'updatedAt'>) | undefined, verdict: Pick<Verdict, 'level' | 'isLow' | 'turnedAt' | 'toldSince'>, now: number): Since {
  const isFirst = previous === undefined || (previous.reason === 'no-data' && previous.redSince === null);
  const moment = verdict.turnedAt === null ? now : Math.min(now, Math.max(verdict.turnedAt, previous?.updatedAt ?? 0));
  const history = isFirst ? verdict.toldSince?.() : undefined;
  const told = (at: number | null | undefined) => Math.min(now, at ?? moment);
  const red = previous?.redSince ?? null;
  const redSince = verdict.level === 'red' ? (red ?? told(history?.red)) : verdict.level === 'grey' ? red : null;
  return {
    since: previous?.level === verdict.level ? previous.since : verdict.level === 'red' && redSince !== null ? redSince : moment,
    redSince,
    lowSince: verdict.isLow ? (previous?.lowSince ?? told(history?.low)) : null,
  };
}
