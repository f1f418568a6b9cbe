import type { Outcome } from '#contract/faults.ts';
import type { Principal, Role } from '#contract/roles.ts';
import type { DataClass } from '#contract/security.ts';
import type { Source } from './door.ts';

export interface OpenSession {
  /** Opaque secret for the cookie; only its hash is kept. */
  token: string;
  principal: Principal;
  expiresAt: number;
}

export interface NewAccount {
  user: string;
  name: string;
  position: string;
  roles: Role[];
  units: string[] | null;
  password: string;
  /** The password was made by somebody else: its owner must change it at the first sign-in. */
  isTemporary?: boolean | undefined;
  dataClass?: DataClass | undefined;
  /** When it ends by itself; a guest's always does. Units: epoch ms. */
  expiresAt?: number | null | undefined;
}

/** One place where a person is signed in. `id` names it and opens nothing. Units: epoch ms of real time. */
export interface MySession {
  id: string;
  startedAt: number;
  seenAt: number;
  expiresAt: number;
  isThis: boolean;
}

/** An account as administration sees it. Units: epoch ms. */
export interface AccountLine {
  id: string;
  user: string;
  name: string;
  position: string;
  roles: Role[];
  units: string[] | null;
  disabled: boolean;
  dataClass: DataClass;
  expiresAt: number | null;
  hasCode: boolean;
  /** Whether a sign-in service vouches for it. */
  isOutside: boolean;
}

/** People, wall devices and keys. Times are real time. */
export interface AccountsPort {
  /** Makes sure the first admin exists. Returns a one-time password when one was made. */
  prepareFirstAdmin(givenPassword: string | undefined): Promise<{ password: string } | undefined>;
  /** Makes the one-time link token: 5 uses or 15 minutes, operator rights, loopback only. */
  createLink(): Promise<string>;
  /** Fails: AUTH_LINK. */
  useLink(token: string): Promise<Outcome<OpenSession>>;
  /** Fails: AUTH_REFUSED, AUTH_SLOW_DOWN. */
  signIn(credentials: { user: string; password: string; totp?: string | undefined }, address: string): Promise<Outcome<OpenSession>>;
  /** The party behind a cookie token, or undefined. Counts as activity of its person unless `isTouch` is false. */
  principalOf(token: string, options?: { isTouch?: boolean }): Promise<{ principal: Principal; expiresAt: number } | undefined>;
  signOut(token: string): Promise<void>;
  /** Fails: AUTH_REFUSED, AUTH_PASSWORD_WEAK. */
  changePassword(principal: Principal, old: string, next: string): Promise<Outcome<OpenSession>>;
  /** Where this person is signed in, latest first; nothing for a one-time link. */
  sessionsOf(principal: Principal): Promise<MySession[]>;
  /** Fails: NOT_FOUND, also for the session of another person. */
  endSessionOf(principal: Principal, id: string): Promise<Outcome<void>>;
  /** Fails: AUTH_PASSWORD_WEAK, STATE_CONFLICT. */
  createAccount(account: NewAccount, actor?: string): Promise<Outcome<Principal>>;
  listAccounts(): Promise<AccountLine[]>;
  setDisabled(id: string, isDisabled: boolean, actor?: string): Promise<Outcome<void>>;
  /** A new password for whoever forgot the old one; open sessions end. Fails: NOT_FOUND. */
  resetPassword(id: string, actor?: string): Promise<Outcome<{ password: string }>>;
  /** Called with the session hashes that just ended, so that open sockets end too. */
  onSessionsEnded(listener: (sessions: readonly string[]) => void): () => void;
  /** The source behind `ioc_<id>_<secret>`, or undefined; a key limited to networks needs the sender's address. */
  sourceOf(bearer: string, address?: string): Promise<Source | undefined>;
  /** Makes or keeps a key whose secret is given from outside (IOC_INGEST_KEY). Fails: AUTH_KEY when it is malformed. */
  ensureKey(bearer: string): Promise<Outcome<Source>>;
  createKey(name: string, source: Source, actor?: string): Promise<string>;
  /** The one key of a source inside this server, with a new secret; earlier keys of that source leave. */
  renewKey(id: string, source: Source): Promise<string>;
  /** Eight-character code shown on an unpaired output; the poll secret is returned once. */
  startPairing(wall: string): Promise<{ code: string; secret: string }>;
  /** Fails: NOT_FOUND. */
  approvePairing(code: string, wall: string, actor?: string): Promise<Outcome<void>>;
  /** A device session once approved; undefined while it waits. */
  finishPairing(secret: string): Promise<OpenSession | undefined>;
}
