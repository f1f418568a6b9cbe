import type { Engine } from '../store/engine/engine.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';

/** More than this between this machine and the database is said in the log: deadlines and one-time codes hang on it. */
const MOST_OFFSET_MS = 2000;

export interface ClockOffset {
  compare(): Promise<void>;
  /** How far the database is ahead; null while it is this machine itself. Units: ms. */
  now(): number | null;
}

/** Compares the clock of this machine with that of a database elsewhere, half of the way there and back taken off. */
export function createClockOffset({ engine, clock, log }: { engine: Pick<Engine, 'kind' | 'query'>; clock: Pick<Clock, 'realNow'>; log: Log }): ClockOffset {
  let offsetMs: number | null = null;
  return {
    async compare() {
      if (engine.kind === 'embedded') return;
      const askedAt = clock.realNow();
      const [row] = await engine.query<{ at: number }>('select (extract(epoch from clock_timestamp()) * 1000)::bigint as at');
      offsetMs = row ? Math.round(row.at - (askedAt + clock.realNow()) / 2) : null;
      if (offsetMs !== null && Math.abs(offsetMs) > MOST_OFFSET_MS) log.error({ offsetMs }, 'the clock of this machine and that of the database differ');
    },
    now: () => offsetMs,
  };
}
