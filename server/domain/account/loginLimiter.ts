/** Tokens of one bucket: `burst` at once, one more every `refillMs`. */
export interface Allowed {
  burst: number;
  refillMs: number;
}

/** How many failed sign-ins are hashed: per account, per address, per pair that succeeded before, and in all. */
export const LOGIN_ALLOWANCES = {
  account: { burst: 5, refillMs: 180_000 },
  address: { burst: 20, refillMs: 30_000 },
  known: { burst: 10, refillMs: 60_000 },
  everyone: { burst: 60, refillMs: 2_000 },
} as const satisfies Record<string, Allowed>;

const MAX_BUCKETS = 10_000;

/** Decides before any hashing whether a sign-in may be tried. */
export interface LoginLimiter {
  /** Takes one attempt. Returns how to give it back after a success, or the wait. Units: ms. */
  take(account: string, address: string, now: number, perAccount?: Allowed): { ok: true; succeed(): void } | { ok: false; waitMs: number };
}

/**
 * Counts attempts by account AND by address before hashing, so that 10,000 bad ones cost at most 100 hashes. An address
 * that signed in to this account before has a count of its own: strangers cannot lock its owner out.
 */
export function createLoginLimiter(): LoginLimiter {
  const buckets = new Map<string, { left: number; at: number }>();
  const known = new Set<string>();

  const peek = (key: string, { burst, refillMs }: Allowed, now: number) => {
    const bucket = buckets.get(key) ?? { left: burst, at: now };
    const refilled = { left: Math.min(burst, bucket.left + Math.max(0, now - bucket.at) / refillMs), at: Math.max(now, bucket.at) };
    return { key, bucket: refilled, waitMs: refilled.left >= 1 ? 0 : Math.ceil((1 - refilled.left) * refillMs) };
  };
  const keep = (key: string, bucket: { left: number; at: number }) => {
    buckets.delete(key);
    buckets.set(key, bucket);
    const oldest = buckets.size > MAX_BUCKETS ? buckets.keys().next().value : undefined;
    if (oldest !== undefined) buckets.delete(oldest);
  };

  return {
    take(account, address, now, perAccount = LOGIN_ALLOWANCES.account) {
      const pair = JSON.stringify([account, address]);
      const drawn = known.has(pair)
        ? [peek(`known ${pair}`, LOGIN_ALLOWANCES.known, now)]
        : [
            peek('everyone', LOGIN_ALLOWANCES.everyone, now),
            peek(`account ${account}`, perAccount, now),
            peek(`address ${address}`, LOGIN_ALLOWANCES.address, now),
          ];
      const waitMs = Math.max(...drawn.map((draw) => draw.waitMs));
      if (waitMs > 0) return { ok: false, waitMs };
      for (const { key, bucket } of drawn) keep(key, { ...bucket, left: bucket.left - 1 });
      return {
        ok: true,
        succeed() {
          known.delete(pair);
          known.add(pair);
          const oldest = known.size > MAX_BUCKETS ? known.values().next().value : undefined;
          if (oldest !== undefined) known.delete(oldest);
          for (const { key } of drawn) {
            const bucket = buckets.get(key);
            if (bucket) bucket.left += 1;
          }
        },
      };
    },
  };
}
