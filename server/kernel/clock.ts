/** The two times of the product. Domain time drives deadlines, rules and simulation; real time drives sessions, timeouts and wall scheduling. */
export interface Clock {
  /** Domain time. Units: epoch ms. */
  now(): number;
  /** Real time. Units: epoch ms. */
  realNow(): number;
  /** How fast domain time runs; 1 = as real. */
  rate(): number;
  /** False when domain time may be moved (test and rehearsal). */
  isReal(): boolean;
}

/** A clock whose domain time can be moved forwards. */
export interface MovableClock extends Clock {
  /** Moves domain time. Fails: returns false when it would go backwards or the rate is outside 0..100. */
  move(change: { at?: number; rate?: number }): boolean;
}

export function createRealClock(realNow: () => number = Date.now): Clock {
  return { now: realNow, realNow, rate: () => 1, isReal: () => true };
}

export function createMovableClock(startAt: number, realNow: () => number = Date.now): MovableClock {
  let anchorAt = startAt;
  let anchorReal = realNow();
  let rate = 1;
  const now = () => Math.floor(anchorAt + (realNow() - anchorReal) * rate);
  return {
    now,
    realNow,
    rate: () => rate,
    isReal: () => false,
    move(change) {
      const current = now();
      const target = change.at ?? current;
      const nextRate = change.rate ?? rate;
      if (target < current || nextRate < 0 || nextRate > 100 || !Number.isFinite(target)) return false;
      anchorAt = target;
      anchorReal = realNow();
      rate = nextRate;
      return true;
    },
  };
}
