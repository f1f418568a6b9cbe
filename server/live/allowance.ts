import type { Clock } from '../kernel/clock.ts';

const BURST = 200;
const PER_SECOND = 50;

/** How many commands a socket may send: a burst of 200, then 50 a second. */
export function createAllowance(clock: Pick<Clock, 'realNow'>): { take(): boolean } {
  let left = BURST;
  let countedAt = clock.realNow();
  return {
    take() {
      const now = clock.realNow();
      left = Math.min(BURST, left + (Math.max(0, now - countedAt) * PER_SECOND) / 1000);
      countedAt = now;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
