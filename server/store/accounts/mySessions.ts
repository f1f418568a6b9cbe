import { okay, refused } from '#contract/faults.ts';
import type { AccountsPort, MySession } from '../../domain/ports/accounts.ts';
import { SESSION_LIMITS } from '../../domain/account/session.ts';
import { appendAudit } from './audit.ts';
import type { AccountsParts } from './deps.ts';
import { isFreshSession } from './freshSession.ts';
import { accountNumberOf, type SessionStore } from './sessions.ts';

/** Letters of a session's hash that name it to its owner; they open nothing. */
const NAME_LENGTH = 12;

interface SessionLine extends Omit<MySession, 'id' | 'isThis'> {
  hash: string;
}

/** What a person may see and do about the places they are signed in at. */
export function createMySessions({ engine, now }: AccountsParts, sessions: SessionStore): Pick<AccountsPort, 'sessionsOf' | 'endSessionOf'> {
  return {
    async sessionsOf(principal) {
      const rows = await engine.query<SessionLine>(
        `select token_hash as hash, created_at as "startedAt", last_seen_at as "seenAt", expires_at as "expiresAt" from session
         where account_id = $1 and ended_at is null and expires_at > $2 and last_seen_at > $3 order by last_seen_at desc, token_hash`,
        [accountNumberOf(principal.id) ?? 0, now(), now() - SESSION_LIMITS.idleMs],
      );
      return rows.map(({ hash, ...times }) => ({ id: hash.slice(0, NAME_LENGTH), ...times, isThis: hash === principal.session }));
    },
    async endSessionOf(principal, id) {
      if (id !== principal.session?.slice(0, NAME_LENGTH) && !(await isFreshSession(engine, principal, now()))) return refused('AUTH_AGAIN');
      const ended = await engine.tx(async (tx) => {
        const [row] = await tx.query<{ hash: string }>('select token_hash as hash from session where account_id = $1 and ended_at is null and left(token_hash, $2) = $3', [
          accountNumberOf(principal.id) ?? 0, NAME_LENGTH, id,
        ]);
        if (!row) return [];
        await appendAudit(tx, { actor: principal.id, action: 'session.end', object: principal.id, at: now() });
        return sessions.end(tx, { hash: row.hash });
      });
      sessions.announce(ended);
      return ended.length > 0 ? okay(undefined) : refused('NOT_FOUND');
    },
  };
}
