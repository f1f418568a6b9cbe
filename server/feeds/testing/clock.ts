import type { Clock } from '../../kernel/clock.ts';

/** A clock that a test moves. */
export interface TestClock extends Clock {
  advance(ms: number): void;
}

export function createTestClock(startAt = Date.UTC(2026, 10, 20, 3)): TestClock {
  let at = startAt;
  return { now: () => at, realNow: () => at, rate: () => 1, isReal: () => true, advance: (ms) => void (at += ms) };
}
