import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Principal, Role } from '#contract/roles.ts';
import type { DataClass } from '#contract/security.ts';
import { defaultDataClass } from '../../domain/account/dataClass.ts';
import { accountEnd } from '../../domain/account/securitySettings.ts';
import { isPasswordWeak } from '../../domain/account/password.ts';
import { SESSION_LIMITS } from '../../domain/account/session.ts';
import type { AccountLine, AccountsPort, NewAccount } from '../../domain/ports/accounts.ts';
import type { Tx } from '../engine/engine.ts';
import { ConstraintViolation } from '../engine/errors.ts';
import { appendAudit } from './audit.ts';
import type { AccountsParts } from './deps.ts';
import { newPassword } from './secrets.ts';
import { accountIdOf, accountNumberOf, type SessionStore } from './sessions.ts';

const FIRST_ADMIN = 'admin';

/** Who an act is put down to when the caller does not say. */
export const SYSTEM_ACTOR = 'system';

/** Accounts of people. `actor` is the id that the audit log names. */
export interface People extends Pick<AccountsPort, 'prepareFirstAdmin' | 'listAccounts'> {
  createAccount(account: NewAccount, actor?: string): ReturnType<AccountsPort['createAccount']>;
  /** Fails: NOT_FOUND; STATE_STEP for the last admin who can still sign in. */
  setDisabled(id: string, isDisabled: boolean, actor?: string): Promise<Outcome<void>>;
  /** A new password for whoever forgot the old one, to be handed over and changed at the first sign-in; open sessions end. Fails: NOT_FOUND. */
  resetPassword(id: string, actor?: string): Promise<Outcome<{ password: string }>>;
  /** New roles and units; open sessions end, so that nobody goes on with the old ones. Fails: NOT_FOUND, STATE_STEP. */
  setGrants(id: string, grants: { roles: Role[]; units: string[] | null; dataClass?: DataClass | undefined; expiresAt?: number | null | undefined }, actor?: string): Promise<Outcome<void>>;
}

/** The name as it is compared: case and surrounding spaces do not matter. */
export const loginOf = (user: string): string => user.normalize('NFC').trim().toLowerCase();

export function createPeople({ engine, now, hasher, secretBytes, log, settings }: AccountsParts, sessions: SessionStore): People {
  const insert = async (tx: Tx, account: NewAccount, hash: string, temporary: { until: number } | undefined) => {
    const [row] = await tx.query<{ id: number }>(
      `insert into account (login, name, position, roles, units, password_hash, must_change_password, password_expires_at, created_at, data_class, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id`,
      [
        loginOf(account.user), account.name, account.position, account.roles, account.units, hash, temporary !== undefined, temporary?.until ?? null, now(),
        account.dataClass ?? defaultDataClass({ kind: 'person', roles: account.roles }), accountEnd(account.roles, account.expiresAt, now(), await settings.read(tx)),
      ],
    );
    if (!row) throw new Error('an account that was just written is missing');
    return row.id;
  };

  /** Changes an account and ends its sessions. `staysAdmin: false` is refused when nobody else could administer. */
  const change = async (id: string, action: string, actor: string, { set, params, staysAdmin }: { set: string; params: unknown[]; staysAdmin: boolean }): Promise<Outcome<void>> => {
    const n = accountNumberOf(id) ?? 0;
    const outcome = await engine.tx<Outcome<string[]>>(async (tx) => {
      await tx.query('lock table account in share row exclusive mode');
      const [known] = await tx.query('select from account where id = $1', [n]);
      if (!known) return refused('NOT_FOUND');
      const others = await tx.query(`select from account where 'admin' = any(roles) and disabled_at is null and id <> $1 limit 1`, [n]);
      if (!staysAdmin && others.length === 0) return refused('STATE_STEP', { detail: 'Phải còn ít nhất một tài khoản quản trị hoạt động.' });
      await tx.query(`update account set ${set} where id = $1`, [n, ...params]);
      const ended = await sessions.end(tx, { accountId: n });
      await appendAudit(tx, { actor, action, object: id, at: now() });
      return okay(ended);
    });
    if (!outcome.ok) return outcome;
    sessions.announce(outcome.value);
    return okay(undefined);
  };

  return {
    async prepareFirstAdmin(given) {
      const [admin] = await engine.query<{ id: number; mustChange: boolean; expiresAt: number | null }>(
        `select id, must_change_password as "mustChange", password_expires_at as "expiresAt" from account where 'admin' = any(roles) order by id limit 1`,
      );
      const isLocked = admin?.mustChange === true && admin.expiresAt !== null && (given !== undefined || now() >= admin.expiresAt);
      if (admin && !isLocked) return undefined;
      if (given !== undefined && isPasswordWeak(given, FIRST_ADMIN)) log.warn({}, 'the first password given from outside is easy to guess');
      const password = given ?? newPassword(secretBytes);
      const hash = await hasher.hash(password);
      const temporary = given === undefined ? { until: now() + SESSION_LIMITS.firstPasswordMs } : undefined;
      await engine.tx(async (tx) => {
        const id = admin?.id ?? (await insert(tx, { user: FIRST_ADMIN, name: 'Quản trị hệ thống', position: 'Quản trị', roles: ['admin'], units: null, password }, hash, temporary));
        if (admin) {
          await tx.query('update account set password_hash = $2, must_change_password = $3, password_expires_at = $4 where id = $1', [
            id, hash, temporary !== undefined, temporary?.until ?? null,
          ]);
        }
        await appendAudit(tx, { actor: SYSTEM_ACTOR, action: 'account.first-admin', object: accountIdOf(id), at: now() });
      });
      return given === undefined ? { password } : undefined;
    },

    async createAccount(account, actor = SYSTEM_ACTOR) {
      if (isPasswordWeak(account.password, account.user)) return refused('AUTH_PASSWORD_WEAK', { pointer: '/password' });
      const hash = await hasher.hash(account.password);
      try {
        const id = await engine.tx(async (tx) => {
          const made = await insert(tx, account, hash, account.isTemporary ? { until: now() + SESSION_LIMITS.givenPasswordMs } : undefined);
          await appendAudit(tx, { actor, action: 'account.create', object: accountIdOf(made), at: now() });
          return made;
        });
        return okay<Principal>({ kind: 'person', id: accountIdOf(id), name: account.name, roles: account.roles, units: account.units });
      } catch (error) {
        if (error instanceof ConstraintViolation && error.rule === 'unique') return refused('STATE_CONFLICT', { pointer: '/user' });
        throw error;
      }
    },

    async resetPassword(id, actor = SYSTEM_ACTOR) {
      const password = newPassword(secretBytes);
      const changed = await change(id, 'account.reset-password', actor, {
        set: 'password_hash = $2, must_change_password = true, password_expires_at = $3', params: [await hasher.hash(password), now() + SESSION_LIMITS.givenPasswordMs], staysAdmin: true,
      });
      return changed.ok ? okay({ password }) : changed;
    },

    async listAccounts() {
      const rows = await engine.query<Omit<AccountLine, 'id'> & { id: number }>(
        `select id, login as "user", name, position, roles, units, disabled_at is not null as disabled, data_class as "dataClass", expires_at as "expiresAt",
           totp_confirmed_at is not null as "hasCode", outside_id is not null as "isOutside" from account order by id`,
      );
      return rows.map((row) => ({ ...row, id: accountIdOf(row.id) }));
    },

    setDisabled: (id, isDisabled, actor = SYSTEM_ACTOR) =>
      change(id, isDisabled ? 'account.disable' : 'account.enable', actor, {
        set: 'disabled_at = $2', params: [isDisabled ? now() : null], staysAdmin: !isDisabled,
      }),

    setGrants: async (id, { roles, units, dataClass, expiresAt }, actor = SYSTEM_ACTOR) =>
      change(id, 'account.grant', actor, {
        set: 'roles = $2, units = $3, data_class = $4, expires_at = $5',
        params: [roles, units, dataClass ?? defaultDataClass({ kind: 'person', roles }), accountEnd(roles, expiresAt, now(), await settings.read())],
        staysAdmin: roles.includes('admin'),
      }),
  };
}
