import type { Clock } from '../../kernel/clock.ts';

/** A clock whose real time a test sets by hand. */
export function createHandClock(startAt: number): Clock & { set(at: number): void } {
  let at = startAt;
  return { now: () => at, realNow: () => at, rate: () => 1, isReal: () => false, set: (next) => void (at = next) };
}
