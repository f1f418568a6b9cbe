import { randomBytes } from 'node:crypto';
import type { AccountsPort } from '../../domain/ports/accounts.ts';
import { createSeal } from '../topics/seal.ts';
import type { AccountsDeps, AccountsParts } from './deps.ts';
import { createHasher } from './hasher.ts';
import { createKeys, type Keys } from './keys.ts';
import { createLinks, type Links } from './links.ts';
import { createMySessions } from './mySessions.ts';
import { createSettingsStore } from './settings.ts';
import { createPeople, type People } from './people.ts';
import { createSessionStore, type Found, type SessionStore } from './sessions.ts';
import { createSignIn, type SignIn } from './signIn.ts';

/** The accounts port, and what administration needs beside it. */
export interface Accounts extends AccountsPort, People, SignIn, Keys, Links {
  /** `isTouch: false` looks at a session without counting as activity of its person. */
  principalOf(token: string, options?: { isTouch?: boolean }): Promise<Found | undefined>;
  /** What the accounts stand on, for the security of them. */
  readonly parts: AccountsParts;
  readonly sessions: SessionStore;
  // The parts declare these with more than the port does.
  createAccount: People['createAccount'];
  setDisabled: People['setDisabled'];
  resetPassword: People['resetPassword'];
  sourceOf: Keys['sourceOf'];
  createKey: Keys['createKey'];
  approvePairing: Links['approvePairing'];
}

/** People, wall devices and keys, kept in the store. All times are real time. */
export function createAccounts({ engine, clock, log, sealKey, secretBytes = randomBytes, hasher = createHasher() }: AccountsDeps): Accounts {
  const seal = createSeal(sealKey);
  const settings = createSettingsStore({ engine, seal, now: clock.realNow });
  const parts: AccountsParts = { engine, log, now: clock.realNow, secretBytes, hasher, seal, settings };
  const sessions = createSessionStore(parts);
  return {
    parts,
    sessions,
    ...createPeople(parts, sessions),
    ...createSignIn(parts, sessions),
    ...createLinks(parts, sessions),
    ...createMySessions(parts, sessions),
    ...createKeys(parts),
    principalOf: sessions.find,
    onSessionsEnded: sessions.onEnded,
  };
}
