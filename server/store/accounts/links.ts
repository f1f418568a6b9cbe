import { okay, refused, type Outcome } from '#contract/faults.ts';
import { pairingCode, readPairingCode } from '../../domain/account/pairingCode.ts';
import { SESSION_LIMITS } from '../../domain/account/session.ts';
import type { AccountsPort, OpenSession } from '../../domain/ports/accounts.ts';
import { appendAudit } from './audit.ts';
import type { AccountsParts } from './deps.ts';
import { SYSTEM_ACTOR } from './people.ts';
import { hashOf, newToken } from './secrets.ts';
import type { SessionStore } from './sessions.ts';

/** Screens that wait to be paired at one time; older ones show a new code. */
const MAX_WAITING = 500;

/** Ways in without a password: the one-time link of a first start, and the pairing of walls. */
export interface Links extends Pick<AccountsPort, 'createLink' | 'useLink' | 'startPairing' | 'finishPairing'> {
  approvePairing(code: string, wall: string, actor?: string): Promise<Outcome<void>>;
}

export function createLinks({ engine, now, secretBytes }: AccountsParts, sessions: SessionStore): Links {
  return {
    async createLink() {
      const token = newToken(secretBytes);
      await engine.tx(async (tx) => {
        await tx.query('delete from sign_in_link');
        await tx.query('insert into sign_in_link (token_hash, uses_left, expires_at) values ($1, $2, $3)', [
          hashOf(token), SESSION_LIMITS.linkUses, now() + SESSION_LIMITS.linkMs,
        ]);
      });
      return token;
    },

    async useLink(token) {
      const session = await engine.tx<OpenSession | undefined>(async (tx) => {
        const used = await tx.query(
          'update sign_in_link set uses_left = uses_left - 1 where token_hash = $1 and uses_left > 0 and expires_at > $2 returning uses_left',
          [hashOf(token), now()],
        );
        if (used.length === 0) return undefined;
        const opened = await sessions.open(tx, { kind: 'link' });
        await appendAudit(tx, { actor: opened.principal.id, action: 'session.open', object: opened.principal.id, at: now() });
        return opened;
      });
      return session ? okay(session) : refused('AUTH_LINK');
    },

    async startPairing(wall) {
      const code = pairingCode(secretBytes(8));
      const secret = newToken(secretBytes);
      await engine.tx(async (tx) => {
        await tx.query('delete from pairing where expires_at <= $1 or code = $2', [now(), code]);
        await tx.query('delete from pairing where secret_hash in (select secret_hash from pairing order by expires_at desc offset $1)', [MAX_WAITING - 1]);
        await tx.query('insert into pairing (secret_hash, code, wall, expires_at) values ($1, $2, $3, $4)', [
          hashOf(secret), code, wall, now() + SESSION_LIMITS.pairingMs,
        ]);
      });
      return { code, secret };
    },

    async approvePairing(code, wall, actor = SYSTEM_ACTOR) {
      const isFound = await engine.tx(async (tx) => {
        const found = await tx.query('update pairing set approved_wall = $2 where code = $1 and expires_at > $3 and approved_wall is null returning code', [
          readPairingCode(code), wall, now(),
        ]);
        if (found.length > 0) await appendAudit(tx, { actor, action: 'wall.pair', object: wall, at: now() });
        return found.length > 0;
      });
      return isFound ? okay(undefined) : refused('NOT_FOUND');
    },

    async finishPairing(secret) {
      return engine.tx(async (tx) => {
        const [pairing] = await tx.query<{ wall: string }>(
          'delete from pairing where secret_hash = $1 and approved_wall is not null and expires_at > $2 returning approved_wall as wall',
          [hashOf(secret), now()],
        );
        return pairing && sessions.open(tx, { kind: 'wall-device', wall: pairing.wall });
      });
    },
  };
}
