import type { Principal, Role } from '#contract/roles.ts';
import type { DataClass, SecuritySettings } from '#contract/security.ts';
import { needsCode } from '../../domain/account/securitySettings.ts';
import { isSessionAlive, SESSION_LIMITS, type SessionTimes } from '../../domain/account/session.ts';
import type { OpenSession } from '../../domain/ports/accounts.ts';
import type { Tx } from '../engine/engine.ts';
import type { AccountsParts } from './deps.ts';
import { hashOf, newToken } from './secrets.ts';

/** Written at most this often, so that a busy screen does not write at every request. */
const TOUCH_MS = 30_000;
/** How long a session that was read is believed: one disabled on another node ends here within that time. */
const TRUST_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const MAX_TRUSTED = 5000;
const KEEP_ENDED_MS = 24 * 3_600_000;

/** Whose session it is. */
export type SessionOf = { kind: 'person'; accountId: number; address?: string | undefined } | { kind: 'link' } | { kind: 'wall-device'; wall: string };

interface SessionRow extends SessionTimes {
  hash: string;
  wall: string | null;
  accountId: number | null;
  name: string | null;
  roles: Role[] | null;
  units: string[] | null;
  mustChange: boolean | null;
  disabledAt: number | null;
  endsAt: number | null;
  dataClass: DataClass | null;
  hasCode: boolean | null;
  /** Whether a sign-in service vouches for the person: it asks for the second factor itself. */
  outside: boolean | null;
}

export interface Found {
  principal: Principal;
  expiresAt: number;
}

export interface SessionStore {
  /** Opens a session inside a transaction that already knows whose it is. */
  open(tx: Tx, of: SessionOf): Promise<OpenSession>;
  /** `isTouch: false` looks without counting as activity. */
  find(token: string, options?: { isTouch?: boolean }): Promise<Found | undefined>;
  /** Ends every session of an account, or one by its token hash, and returns their hashes for `announce`. */
  end(tx: Tx, of: { accountId: number } | { hash: string }): Promise<string[]>;
  /** Tells the listeners, once the transaction that ended the sessions has committed. */
  announce(hashes: readonly string[]): void;
  onEnded(listener: (hashes: readonly string[]) => void): () => void;
  /** Reads a session anew at the next question. */
  forget(hash: string): void;
}

const SELECT = `
  select s.token_hash as hash, s.kind, s.wall, s.account_id as "accountId", s.last_seen_at as "lastSeenAt", s.expires_at as "expiresAt",
    s.ended_at as "endedAt", a.name, a.roles, a.units, a.must_change_password as "mustChange", a.disabled_at as "disabledAt",
    a.expires_at as "endsAt", a.data_class as "dataClass", a.totp_confirmed_at is not null as "hasCode", a.outside_id is not null as outside
  from session s left join account a on a.id = s.account_id where s.token_hash = $1`;

export function createSessionStore({ engine, now, secretBytes, settings }: AccountsParts): SessionStore {
  const trusted = new Map<string, { at: number; row: SessionRow }>();
  const listeners = new Set<(hashes: readonly string[]) => void>();

  const read = async (store: Pick<Tx, 'query'>, hash: string) => {
    const [row] = await store.query<SessionRow>(SELECT, [hash]);
    return row;
  };
  const remember = (row: SessionRow) => {
    trusted.delete(row.hash);
    trusted.set(row.hash, { at: now(), row });
    const oldest = trusted.size > MAX_TRUSTED ? trusted.keys().next().value : undefined;
    if (oldest !== undefined) trusted.delete(oldest);
  };
  const touch = async (row: SessionRow) => {
    const at = now();
    if (row.kind === 'wall-device' || at - row.lastSeenAt < TOUCH_MS) return;
    await engine.query('update session set last_seen_at = greatest(last_seen_at, $2) where token_hash = $1', [row.hash, at]);
    row.lastSeenAt = at;
  };

  return {
    async open(tx, of) {
      const token = newToken(secretBytes);
      const hash = hashOf(token);
      const at = now();
      const rules = await settings.read(tx);
      const expiresAt = at + (of.kind === 'wall-device' ? SESSION_LIMITS.wallDeviceMs : rules.absoluteHours * HOUR_MS);
      await tx.query('delete from session where expires_at < $1 or ended_at < $1', [at - KEEP_ENDED_MS]);
      await tx.query('insert into session (token_hash, kind, account_id, wall, created_at, last_seen_at, expires_at, address) values ($1, $2, $3, $4, $5, $5, $6, $7)', [
        hash, of.kind, of.kind === 'person' ? of.accountId : null, of.kind === 'wall-device' ? of.wall : null, at, expiresAt, of.kind === 'person' ? (of.address ?? null) : null,
      ]);
      const row = await read(tx, hash);
      if (!row) throw new Error('a session that was just written is missing');
      return { token, principal: principalOf(row, rules), expiresAt };
    },
    async find(token, { isTouch = true } = {}) {
      const hash = hashOf(token);
      const known = trusted.get(hash);
      const row = known && now() - known.at < TRUST_MS ? known.row : await read(engine, hash);
      const rules = await settings.read();
      const isOver = row?.endsAt !== undefined && row.endsAt !== null && now() >= row.endsAt;
      if (!row || row.disabledAt !== null || isOver || !isSessionAlive(row, now(), rules.idleMinutes * MINUTE_MS)) return undefined;
      if (row !== known?.row) remember(row);
      if (isTouch) await touch(row);
      return { principal: principalOf(row, rules), expiresAt: Math.min(row.expiresAt, row.endsAt ?? Infinity) };
    },
    async end(tx, of) {
      const [column, value] = 'hash' in of ? ['token_hash', of.hash] : ['account_id', of.accountId];
      const rows = await tx.query<{ hash: string }>(`update session set ended_at = $1 where ${column} = $2 and ended_at is null returning token_hash as hash`, [now(), value]);
      return rows.map(({ hash }) => hash);
    },
    announce(hashes) {
      if (hashes.length === 0) return;
      for (const hash of hashes) trusted.delete(hash);
      for (const listener of [...listeners]) listener(hashes);
    },
    forget: (hash) => void trusted.delete(hash),
    onEnded(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function principalOf(row: SessionRow, rules: SecuritySettings): Principal {
  const short = row.hash.slice(0, 12);
  if (row.kind === 'wall-device') {
    return { kind: 'wall-device', id: `wd-${short}`, name: row.wall ?? '', roles: [], units: null, session: row.hash, wall: row.wall ?? '' };
  }
  if (row.kind === 'link') return { kind: 'person', id: `link-${short}`, name: 'Liên kết một lần', roles: ['operator'], units: null, session: row.hash };
  return {
    kind: 'person',
    id: accountIdOf(row.accountId ?? 0),
    name: row.name ?? '',
    roles: row.roles ?? [],
    units: row.units,
    session: row.hash,
    ...(row.dataClass === null ? {} : { dataClass: row.dataClass }),
    ...(row.mustChange ? { mustChangePassword: true } : {}),
    ...(row.hasCode ? { hasCode: true } : {}),
    ...(!row.hasCode && !row.outside && needsCode(row.roles ?? [], rules) ? { mustEnrolCode: true } : {}),
  };
}

/** Public id of an account. */
export const accountIdOf = (id: number): string => `ac-${id}`;

/** The number inside a public account id, or undefined. */
export function accountNumberOf(id: string): number | undefined {
  return /^ac-[1-9]\d{0,14}$/.test(id) ? Number(id.slice(3)) : undefined;
}
