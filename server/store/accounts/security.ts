import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { SecurityState, SessionLine } from '#contract/security.ts';
import { defaultDataClass } from '../../domain/account/dataClass.ts';
import { isWithinReach, reachesAll } from '../../domain/account/reach.ts';
import { needsCode } from '../../domain/account/securitySettings.ts';
import type { OpenSession } from '../../domain/ports/accounts.ts';
import type { Reading, SecurityPort } from '../../domain/ports/security.ts';
import type { Scope } from '../../domain/scope.ts';
import { appendAudit } from './audit.ts';
import type { AuditHeads } from './auditHeads.ts';
import type { Accounts } from './accounts.ts';
import { createGuardedExports } from './exports.ts';
import { createPurge } from './purge.ts';
import { accountIdOf, accountNumberOf } from './sessions.ts';

const SHORT = 16;
/** No password of the world has this hash: such an account is entered through its sign-in service only. */
const NO_PASSWORD = '!';
const MOST_READINGS = 50_000;

interface SessionRow {
  hash: string;
  kind: string;
  accountId: number | null;
  name: string | null;
  units: string[] | null;
  wall: string | null;
  address: string | null;
  createdAt: number;
  lastSeenAt: number;
  expiresAt: number;
}

const SESSIONS = `select s.token_hash as hash, s.kind, s.account_id as "accountId", a.name, a.units, s.wall, s.address, s.created_at as "createdAt", s.last_seen_at as "lastSeenAt", s.expires_at as "expiresAt"
  from session s left join account a on a.id = s.account_id where s.ended_at is null and s.expires_at > $1 order by s.last_seen_at desc limit 1000`;

const READINGS = `select r.at, r.actor, coalesce(a.name, r.actor) as name, r.act, r.object from (
    select at, actor, action as act, object from audit_log where action in ('feedback.contact', 'export.take', 'camera.snapshot')
    union all select at, actor, 'camera.' || act, 'cam-' || camera from camera_trace where act = 'view'
  ) r left join account a on 'ac-' || a.id = r.actor
  where r.at >= $1 and r.at < $2 and ($3::text is null or r.object = $3) order by r.at desc limit ${MOST_READINGS}`;

/** Facts about the process that the store can not know. */
export interface SecurityFacts {
  isTls: boolean;
  isLoopback: boolean;
  rowSecurity(): boolean;
  syslog(): SecurityState['syslog'];
  clockOffsetMs(): number | null;
}

export function createSecurity({ accounts, heads, facts }: { accounts: Accounts; heads: AuditHeads; facts: SecurityFacts }): SecurityPort {
  const { engine, now, settings, seal } = accounts.parts;
  const { sessions } = accounts;
  const exports = createGuardedExports({ engine, seal, now });
  const purge = createPurge({ engine, settings, now });

  const mayTouch = (scope: Scope, row: SessionRow, ofAll: boolean) => {
    if (row.hash === scope.principal.session || (row.accountId !== null && accountIdOf(row.accountId) === scope.principal.id)) return true;
    if (!ofAll || !scope.principal.roles.includes('admin')) return false;
    return row.accountId === null ? reachesAll(scope) : isWithinReach(scope, row.units);
  };
  const lineOf = (scope: Scope, row: SessionRow): SessionLine => ({
    id: row.hash.slice(0, SHORT),
    kind: row.kind,
    account: row.accountId === null ? null : accountIdOf(row.accountId),
    name: row.name ?? row.wall ?? '',
    address: row.address,
    createdAt: row.createdAt,
    lastSeenAt: row.lastSeenAt,
    expiresAt: row.expiresAt,
    isMine: row.hash === scope.principal.session,
  });

  return {
    settings: () => settings.read(),
    async change(actor, next) {
      await engine.tx(async (tx) => {
        await settings.write(tx, next, actor.id);
        await appendAudit(tx, { actor: actor.id, action: 'security.settings', object: 'security', at: now() });
      });
    },
    async service() {
      const known = await settings.service();
      if (!known) return undefined;
      const { clientSecret: _secret, ...shown } = known;
      return shown;
    },
    serviceWithSecret: () => settings.service(),
    async changeService(actor, next) {
      await engine.tx(async (tx) => {
        await settings.writeService(tx, next, actor.id);
        await appendAudit(tx, { actor: actor.id, action: 'security.service', object: 'sign-in-service', at: now() });
      });
    },
    async enter({ outsideId, user, name, roles, units }, address) {
      const outcome = await engine.tx<Outcome<{ ended: string[]; session: OpenSession }>>(async (tx) => {
        const [known] = await tx.query<{ id: number; disabledAt: number | null; isSame: boolean }>(
          'select id, disabled_at as "disabledAt", roles = $2 and units is not distinct from $3 as "isSame" from account where outside_id = $1 for update', [outsideId, roles, units],
        );
        if (known && known.disabledAt !== null) return refused('AUTH_SERVICE');
        const [row] = known
          ? await tx.query<{ id: number }>('update account set name = $2, roles = $3, units = $4 where id = $1 returning id', [known.id, name, roles, units])
          : await tx.query<{ id: number }>(
              `insert into account (login, name, position, roles, units, password_hash, created_at, data_class, outside_id) values ($1, $2, '', $3, $4, '${NO_PASSWORD}', $5, $6, $7)
               on conflict (login) do nothing returning id`,
              [user, name, roles, units, now(), defaultDataClass({ kind: 'person', roles }), outsideId],
            );
        if (!row) return refused('AUTH_SERVICE');
        const ended = known && !known.isSame ? await sessions.end(tx, { accountId: row.id }) : [];
        const session = await sessions.open(tx, { kind: 'person', accountId: row.id, address });
        await appendAudit(tx, { actor: accountIdOf(row.id), action: 'session.open', object: accountIdOf(row.id), at: now() });
        return okay({ ended, session });
      });
      if (!outcome.ok) return outcome;
      sessions.announce(outcome.value.ended);
      return okay(outcome.value.session);
    },
    async sessions(scope, ofAll) {
      const rows = await engine.query<SessionRow>(SESSIONS, [now()]);
      return rows.filter((row) => mayTouch(scope, row, ofAll)).map((row) => lineOf(scope, row));
    },
    async endSession(scope, id) {
      const rows = await engine.query<SessionRow>(SESSIONS, [now()]);
      const found = rows.find((row) => row.hash.slice(0, SHORT) === id && mayTouch(scope, row, true));
      if (!found) return refused('NOT_FOUND');
      const ended = await engine.tx(async (tx) => {
        const hashes = await sessions.end(tx, { hash: found.hash });
        await appendAudit(tx, { actor: scope.principal.id, action: 'session.revoke', object: found.accountId === null ? (found.wall ?? found.kind) : accountIdOf(found.accountId), at: now() });
        return hashes;
      });
      sessions.announce(ended);
      return okay(undefined);
    },
    enrolCode: accounts.enrolCode,
    confirmCode: accounts.confirmCode,
    async resetCode(actor: Principal, account: string) {
      const ended = await engine.tx(async (tx) => {
        const n = accountNumberOf(account) ?? 0;
        const reset = await tx.query(`update account set totp_secret = null, totp_confirmed_at = null, recovery_hashes = '{}' where id = $1 returning id`, [n]);
        if (reset.length === 0) return undefined;
        await appendAudit(tx, { actor: actor.id, action: 'account.reset-code', object: account, at: now() });
        return sessions.end(tx, { accountId: n });
      });
      if (!ended) return refused('NOT_FOUND');
      sessions.announce(ended);
      return okay(undefined);
    },
    exports: exports.list,
    askExport: exports.ask,
    allowExport: exports.allow,
    takeExport: exports.take,
    readings: (from, to, object) => engine.query<Reading>(READINGS, [from, to, object ?? null]),
    purgePreview: purge.preview,
    purge: (actor, reason) => purge.run(actor.id, reason),
    receipts: purge.receipts,
    receipt: purge.receipt,
    signHead: heads.sign,
    async state() {
      const [people, rules, open] = [await accounts.listAccounts(), await settings.read(), await engine.query<SessionRow>(SESSIONS, [now()])];
      const keys = (await accounts.listKeys()).filter(({ revokedAt }) => revokedAt === null).length;
      return {
        isTls: facts.isTls,
        isLoopback: facts.isLoopback,
        withoutCode: people.filter(({ disabled, hasCode, isOutside, roles }) => !disabled && !hasCode && !isOutside && (needsCode(roles, rules) || roles.includes('admin'))).length,
        openSessions: open.filter(({ kind }) => kind !== 'wall-device').length,
        walls: open.filter(({ kind }) => kind === 'wall-device').length,
        guests: people.filter(({ disabled, roles }) => !disabled && roles.includes('guest')).length,
        keys,
        signedHead: heads.newest() ?? null,
        clockOffsetMs: facts.clockOffsetMs(),
        syslog: facts.syslog(),
        rowSecurity: facts.rowSecurity(),
      };
    },
  };
}
