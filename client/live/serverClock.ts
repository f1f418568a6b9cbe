/** One exchange with the server. Units: ms, by the local and the server's clock. */
export interface Exchange {
  sentAt: number;
  receivedAt: number;
  repliedAt: number;
  answeredAt: number;
}

/** Offset of the server's clock and how sure it is: median of the quarter with the shortest round trips. Units: ms. */
export function offsetOf(exchanges: readonly Exchange[]): { offsetMs: number; errorMs: number } | undefined {
  const judged = exchanges
    .map((one) => ({
      offset: (one.receivedAt - one.sentAt + (one.repliedAt - one.answeredAt)) / 2,
      trip: one.answeredAt - one.sentAt - (one.repliedAt - one.receivedAt),
    }))
    .sort((a, b) => a.trip - b.trip);
  const best = judged.slice(0, Math.max(1, Math.ceil(judged.length / 4))).sort((a, b) => a.offset - b.offset);
  const middle = best[Math.floor(best.length / 2)];
  return middle && { offsetMs: middle.offset, errorMs: Math.max(0, middle.trip / 2) };
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
