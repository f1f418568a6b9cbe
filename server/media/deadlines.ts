import type { Clock } from '../kernel/clock.ts';

/** Waits for moments of real time. However many wait, one timer runs; when nobody waits, none does. */
export interface Deadlines {
  /** Resolves true at `at`; false when `limitMs` passes first, on abort, or on close. */
  until(at: number, limitMs: number, signal?: AbortSignal): Promise<boolean>;
  waiting(): number;
  close(): void;
}

interface Waiter {
  dueAt: number;
  isInTime: boolean;
  settle(isInTime: boolean): void;
}

export function createDeadlines(clock: Pick<Clock, 'realNow'>): Deadlines {
  const waiters = new Set<Waiter>();
  let timer: NodeJS.Timeout | undefined;
  let timerAt = Infinity;

  const arm = () => {
    let dueAt = Infinity;
    for (const waiter of waiters) dueAt = Math.min(dueAt, waiter.dueAt);
    if (dueAt === timerAt) return;
    clearTimeout(timer);
    timerAt = dueAt;
    timer = dueAt === Infinity ? undefined : setTimeout(wake, Math.max(0, dueAt - clock.realNow()));
  };

  const wake = () => {
    timerAt = Infinity;
    const now = clock.realNow();
    for (const waiter of [...waiters]) if (waiter.dueAt <= now) waiter.settle(waiter.isInTime);
    arm();
  };

  return {
    until(at, limitMs, signal) {
      const now = clock.realNow();
      if (at <= now) return Promise.resolve(true);
      if (signal?.aborted || limitMs <= 0) return Promise.resolve(false);
      return new Promise((resolve) => {
        const isInTime = at <= now + limitMs;
        const waiter: Waiter = {
          dueAt: isInTime ? at : now + limitMs,
          isInTime,
          settle(outcome) {
            waiters.delete(waiter);
            signal?.removeEventListener('abort', leave);
            resolve(outcome);
          },
        };
        const leave = () => {
          waiter.settle(false);
          arm();
        };
        signal?.addEventListener('abort', leave);
        waiters.add(waiter);
        arm();
      });
    },
    waiting: () => waiters.size,
    close() {
      for (const waiter of [...waiters]) waiter.settle(false);
      arm();
    },
  };
}
