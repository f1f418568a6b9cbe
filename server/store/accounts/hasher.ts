import { hash, verify } from '@node-rs/argon2';

/** Hashing of passwords by argon2id. */
export interface Hasher {
  hash(password: string): Promise<string>;
  /** An unknown account costs the same as a known one: pass undefined. */
  verify(stored: string | undefined, password: string): Promise<boolean>;
  /** True when the stored hash was made with other costs than today's. */
  isOutdated(stored: string): boolean;
}

const COSTS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const COST_TEXT = `$argon2id$v=19$m=${COSTS.memoryCost},t=${COSTS.timeCost},p=${COSTS.parallelism}$`;

export function createHasher(): Hasher {
  const make = (password: string) => hash(password.normalize('NFC'), COSTS);
  let nobody: Promise<string> | undefined;
  return {
    hash: make,
    async verify(stored, password) {
      nobody ??= make('nobody has this password');
      const isMatch = await verify(stored ?? (await nobody), password.normalize('NFC'));
      return stored !== undefined && isMatch;
    },
    isOutdated: (stored) => !stored.startsWith(COST_TEXT),
  };
}
