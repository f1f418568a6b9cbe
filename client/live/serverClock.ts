/** One exchange with the server. Units: ms, by the local and the server's clock. */
export interface Exchange {
  sentAt: number;
  receivedAt: number;
  repliedAt: number;
  answeredAt: number;
}

/** What two clocks may drift apart. Units: ms per ms. */
const DRIFT = 1e-4;
/** Servers tell whole milliseconds. */
const GRAIN_MS = 1;

/**
 * Offset of the server's clock and how far it can be from the truth at most. An answer cannot come before its question,
 * so every exchange bounds the offset from both sides; the truth lies where all of them overlap. Delays of one way never
 * hide in the other. Exchanges from before a step of either clock contradict the newer ones and are left out.
 * Units: ms; `now` by the local clock, exchanges from oldest to newest.
 */
export function offsetOf(exchanges: readonly Exchange[], now = exchanges.at(-1)?.answeredAt ?? 0): { offsetMs: number; errorMs: number } | undefined {
  let [low, high] = [-Infinity, Infinity];
  for (const { sentAt, receivedAt, repliedAt, answeredAt } of exchanges.toReversed()) {
    const drift = Math.max(0, now - answeredAt) * DRIFT;
    const nextLow = Math.max(low, repliedAt - answeredAt - drift);
    const nextHigh = Math.min(high, receivedAt - sentAt + drift);
    if (nextLow > nextHigh + GRAIN_MS) break;
    [low, high] = [nextLow, nextHigh];
  }
  return Number.isFinite(low) ? { offsetMs: (low + high) / 2, errorMs: Math.max(0, high - low) / 2 } : undefined;
}

/** Server time and domain time on this page. */
export interface ServerClock {
  serverNow(): number;
  domainNow(): number;
  readonly isSynced: boolean;
  readonly errorMs: number;
  /** Takes a measured offset: the first is a step, later ones are approached slowly so that no animation jumps. */
  take(measured: { offsetMs: number; errorMs: number }): void;
  /** Domain time as told by a beat: `domainAt` at server time `at`, running at `rate`. */
  tellDomain(beat: { at: number; domainAt: number; rate: number }): void;
}

const SLEW_PER_MS = 0.05;
const STEP_BEYOND_MS = 2000;

export function createServerClock(localNow: () => number): ServerClock {
  let from = { at: localNow(), offset: 0 };
  let target: number | undefined;
  let errorMs = 0;
  let domain: { at: number; domainAt: number; rate: number } | undefined;

  const offsetAt = (now: number): number => {
    if (target === undefined) return 0;
    const room = Math.max(0, now - from.at) * SLEW_PER_MS;
    const gap = target - from.offset;
    return from.offset + Math.sign(gap) * Math.min(Math.abs(gap), room);
  };
  const serverNow = (): number => {
    const now = localNow();
    return now + offsetAt(now);
  };

  return {
    serverNow,
    domainNow() {
      const now = serverNow();
      return domain ? domain.domainAt + (now - domain.at) * domain.rate : now;
    },
    get isSynced() {
      return target !== undefined;
    },
    get errorMs() {
      return errorMs;
    },
    take(measured) {
      const now = localNow();
      const isStep = target === undefined || Math.abs(measured.offsetMs - offsetAt(now)) > STEP_BEYOND_MS;
      from = { at: now, offset: isStep ? measured.offsetMs : offsetAt(now) };
      target = measured.offsetMs;
      errorMs = measured.errorMs;
    },
    tellDomain(beat) {
      domain = { at: beat.at, domainAt: beat.domainAt, rate: beat.rate };
    },
  };
}
