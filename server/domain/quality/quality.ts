import type { QualityScores } from '#contract/quality.ts';

/** Over which silence beyond the promise counts. Units: ms. */
export const LIVE_WINDOW_MS = 24 * 3_600_000;

/**
 * What was counted of a source or an indicator.
 * Shape: `expected` null = nobody said how many there should be; `ageMs` null = it never spoke; `promisedMs` null = it speaks only as things happen.
 */
export interface QualityCounts {
  /** Items that came, the wrong, repeated and damaged ones included. */
  received: number;
  /** Refused: unknown unit, impossible value, wrong form. */
  wrong: number;
  repeated: number;
  damaged: number;
  expected: number | null;
  ageMs: number | null;
  promisedMs: number | null;
}

/**
 * Đúng, đủ, sạch, sống, each measured by itself so that one defect moves one score: what is wrong does not count as missing, what
 * is repeated does not count as there twice.
 * Units: 0 to 100; null = can not be measured.
 */
export function scoresOf({ received, wrong, repeated, damaged, expected, ageMs, promisedMs }: QualityCounts): QualityScores {
  const own = received - repeated;
  return {
    correct: own > 0 ? percent(1 - wrong / own) : null,
    complete: expected !== null && expected > 0 ? percent(own / expected) : null,
    clean: received > 0 ? percent(1 - (repeated + damaged) / received) : null,
    live: ageMs === null ? (promisedMs === null ? null : 0) : promisedMs === null ? 100 : percent(1 - Math.max(0, ageMs - promisedMs) / LIVE_WINDOW_MS),
  };
}

/** The scores that fall short of a demand; what can not be measured always does. */
export function shortOf(scores: QualityScores, demand: Partial<Record<keyof QualityScores, number | undefined>>): (keyof QualityScores)[] {
  return (Object.keys(demand) as (keyof QualityScores)[]).filter((name) => demand[name] !== undefined && (scores[name] === null || scores[name] < demand[name]));
}

const percent = (share: number) => Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10;
