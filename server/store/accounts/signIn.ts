import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import { createLoginLimiter } from '../../domain/account/loginLimiter.ts';
import { isPasswordWeak } from '../../domain/account/password.ts';
import type { AccountsPort, OpenSession } from '../../domain/ports/accounts.ts';
import type { Tx } from '../engine/engine.ts';
import { appendAudit } from './audit.ts';
import type { AccountsParts } from './deps.ts';
import { isFreshSession } from './freshSession.ts';
import { type CodeKey, newCodeKey, stepOfCode } from './oneTimeCode.ts';
import { loginOf } from './people.ts';
import { newRecoveryCodes, spendRecovery } from './recovery.ts';
import { accountIdOf, accountNumberOf, type SessionStore } from './sessions.ts';

interface AccountRow {
  id: number;
  login: string;
  passwordHash: string;
  expiresAt: number | null;
  disabledAt: number | null;
  codeSecret: string | null;
  codeConfirmedAt: number | null;
  endsAt: number | null;
}

const SELECT = `
  select id, login, password_hash as "passwordHash", password_expires_at as "expiresAt", disabled_at as "disabledAt",
    totp_secret as "codeSecret", totp_confirmed_at as "codeConfirmedAt", expires_at as "endsAt" from account`;

/** How people prove who they are. */
export interface SignIn extends Pick<AccountsPort, 'signIn' | 'signOut' | 'changePassword'> {
  /** A key for an authenticator app; it counts once a code made with it was confirmed. Fails: AUTH_FORBIDDEN, AUTH_AGAIN. */
  enrolCode(principal: Principal): Promise<Outcome<CodeKey>>;
  /** Answers with the codes for the day the app is lost, shown this once. Fails: AUTH_REFUSED. */
  confirmCode(principal: Principal, code: string): Promise<Outcome<{ codes: string[] }>>;
}

export function createSignIn({ engine, now, hasher, secretBytes, seal, settings }: AccountsParts, sessions: SessionStore): SignIn {
  const limiter = createLoginLimiter();
  const audit = (tx: Tx, actor: string, action: string, object = actor) => appendAudit(tx, { actor, action, object, at: now() });

  const byId = async (principal: Principal) => {
    const [row] = await engine.query<AccountRow>(`${SELECT} where id = $1`, [accountNumberOf(principal.id) ?? 0]);
    return row;
  };

  const stepOf = (account: AccountRow, code: string) => (account.codeSecret === null ? undefined : stepOfCode(seal.open(Buffer.from(account.codeSecret, 'base64')), code, now()));

  /** Uses up the step of a good code, so that one read over a shoulder is worth nothing. */
  const spendCode = async (store: Pick<Tx, 'query'>, account: AccountRow, code: string) => {
    const step = stepOf(account, code);
    if (step === undefined) return false;
    const spent = await store.query('update account set totp_last_step = $2 where id = $1 and totp_last_step < $2 returning id', [account.id, step]);
    return spent.length > 0;
  };

  const refuse = async (account: AccountRow | undefined, more?: { pointer?: string; detail?: string }) => {
    if (account) await engine.tx((tx) => audit(tx, accountIdOf(account.id), 'session.refuse'));
    return refused('AUTH_REFUSED', more);
  };

  return {
    async signIn({ user, password, totp }, address) {
      const login = loginOf(user);
      const { lockAfter, lockMinutes } = await settings.read();
      const attempt = limiter.take(login, address, now(), { burst: lockAfter, refillMs: lockMinutes * 60_000 });
      if (!attempt.ok) return refused('AUTH_SLOW_DOWN', { detail: `${Math.ceil(attempt.waitMs / 1000)} s` });
      const [account] = await engine.query<AccountRow>(`${SELECT} where login = $1`, [login]);
      const isMatch = await hasher.verify(account?.passwordHash, password);
      if (!account || !isMatch || account.disabledAt !== null) return refuse(account);
      if (account.expiresAt !== null && now() >= account.expiresAt) return refuse(account, { detail: 'Mật khẩu tạm đã hết hạn.' });
      if (account.endsAt !== null && now() >= account.endsAt) return refuse(account);
      if (account.codeConfirmedAt !== null && !(totp !== undefined && ((await spendCode(engine, account, totp)) || (await spendRecovery(engine, hasher, account.id, totp))))) return refuse(account, { pointer: '/totp' });

      const rehashed = hasher.isOutdated(account.passwordHash) ? await hasher.hash(password) : account.passwordHash;
      const opened = await engine.tx<OpenSession | undefined>(async (tx) => {
        const kept = await tx.query('update account set password_hash = $3 where id = $1 and password_hash = $2 and disabled_at is null returning id', [
          account.id, account.passwordHash, rehashed,
        ]);
        if (kept.length === 0) return undefined;
        const session = await sessions.open(tx, { kind: 'person', accountId: account.id, address });
        await audit(tx, session.principal.id, 'session.open');
        return session;
      });
      if (!opened) return refuse(account);
      attempt.succeed();
      return okay(opened);
    },

    async signOut(token) {
      const found = await sessions.find(token, { isTouch: false });
      const hash = found?.principal.session;
      if (!found || hash === undefined) return;
      const ended = await engine.tx(async (tx) => {
        const hashes = await sessions.end(tx, { hash });
        await audit(tx, found.principal.id, 'session.end');
        return hashes;
      });
      sessions.announce(ended);
    },

    async changePassword(principal, old, next) {
      const account = await byId(principal);
      if (!account) return refused('AUTH_REFUSED');
      const attempt = limiter.take(account.login, `session of ${principal.id}`, now());
      if (!attempt.ok) return refused('AUTH_SLOW_DOWN', { detail: `${Math.ceil(attempt.waitMs / 1000)} s` });
      if (!(await hasher.verify(account.passwordHash, old))) return refuse(account, { pointer: '/old' });
      attempt.succeed();
      if (old === next || isPasswordWeak(next, account.login)) return refused('AUTH_PASSWORD_WEAK', { pointer: '/new' });
      const hash = await hasher.hash(next);
      const outcome = await engine.tx<{ ended: string[]; session: OpenSession } | undefined>(async (tx) => {
        const changed = await tx.query(
          `update account set password_hash = $3, must_change_password = false, password_expires_at = null
           where id = $1 and password_hash = $2 and disabled_at is null returning id`,
          [account.id, account.passwordHash, hash],
        );
        if (changed.length === 0) return undefined;
        const ended = await sessions.end(tx, { accountId: account.id });
        const session = await sessions.open(tx, { kind: 'person', accountId: account.id });
        await audit(tx, principal.id, 'account.password');
        return { ended, session };
      });
      if (!outcome) return refused('AUTH_REFUSED');
      sessions.announce(outcome.ended);
      return okay(outcome.session);
    },

    async enrolCode(principal) {
      const account = await byId(principal);
      if (!account || account.codeConfirmedAt !== null) return refused('AUTH_FORBIDDEN');
      if (!(await isFreshSession(engine, principal, now()))) return refused('AUTH_AGAIN');
      const key = newCodeKey(account.login, secretBytes);
      await engine.query('update account set totp_secret = $2 where id = $1 and totp_confirmed_at is null', [account.id, seal.seal(key.secret).toString('base64')]);
      return okay(key);
    },

    async confirmCode(principal, code) {
      const account = await byId(principal);
      if (!account) return refused('AUTH_REFUSED');
      const attempt = limiter.take(account.login, `code of ${principal.id}`, now());
      if (!attempt.ok) return refused('AUTH_SLOW_DOWN', { detail: `${Math.ceil(attempt.waitMs / 1000)} s` });
      if (account.codeConfirmedAt !== null || stepOf(account, code) === undefined) return refused('AUTH_REFUSED', { pointer: '/totp' });
      const { codes, hashes } = await newRecoveryCodes(secretBytes, hasher);
      const isConfirmed = await engine.tx(async (tx) => {
        if (!(await spendCode(tx, account, code))) return false;
        await tx.query('update account set totp_confirmed_at = $2, recovery_hashes = $3 where id = $1', [account.id, now(), hashes]);
        await audit(tx, principal.id, 'account.one-time-code');
        return true;
      });
      if (!isConfirmed) return refused('AUTH_REFUSED', { pointer: '/totp' });
      attempt.succeed();
      sessions.forget(principal.session ?? '');
      return okay({ codes });
    },
  };
}
