import { createHash } from 'node:crypto';
import type { KeptKind, PurgePreview, PurgeReceipt } from '#contract/security.ts';
import type { Engine, Row, Tx } from '../engine/engine.ts';
import { appendAudit } from './audit.ts';
import type { SettingsStore } from './settings.ts';

const DAY_MS = 86_400_000;
const FIELDS = `'pg-' || p.n as id, p.at, p.what, p.before_at as before, p.rows, p.hash, p.actor as by, a.name as "byName", p.reason`;
const RECEIPTS = `from purge_receipt p left join account a on 'ac-' || a.id = p.actor`;

/** Removes what is past its keeping, and proves what it removed. */
export interface Purge {
  /** How much is past its keeping; removes nothing. */
  preview(): Promise<PurgePreview>;
  /** `reason` is null for the daily purge. Fails: throws when the store refuses; nothing is half done. */
  run(actor: string, reason: string | null): Promise<PurgeReceipt[]>;
  receipts(): Promise<PurgeReceipt[]>;
  receipt(id: string): Promise<PurgeReceipt | undefined>;
}

/** One kind of thing that is kept for a time. `due` is the rest of a query after `from`, for what is older than `$1`; `remove` returns the rows it removed. */
interface Kept {
  what: KeptKind;
  days(settings: Awaited<ReturnType<SettingsStore['read']>>): number;
  due: string;
  remove(tx: Tx, before: number): Promise<Row[]>;
}

const OLD_VIEWS = `camera_trace where act = 'view' and at < $1`;
const OLD_SESSIONS = 'session where greatest(expires_at, coalesce(ended_at, 0)) < $1 and (ended_at is not null or expires_at < $1)';
const OLD_CONTACTS = 'feedback_contact where expires_at <= $1';
const OLD_LINES = 'audit_log where at < $1 and n < (select n from audit_head)';

/** The oldest lines go, up to one whose number and hash stay as the anchor that the rest is checked from. */
async function removeAudit(tx: Tx, before: number): Promise<Row[]> {
  const [last] = await tx.query<{ n: number; hash: string }>(`select n, hash from ${OLD_LINES} order by n desc limit 1`, [before]);
  if (!last) return [];
  await tx.query(`select set_config('ioc.purge', 'on', true)`);
  const lines = await tx.query('select n, hash from audit_log where n <= $1 order by n', [last.n]);
  await tx.query('delete from audit_log where n <= $1', [last.n]);
  await tx.query(`select set_config('ioc.purge', 'off', true)`);
  await tx.query('insert into audit_anchor (n, hash) values ($1, $2) on conflict (one) do update set n = excluded.n, hash = excluded.hash', [last.n, last.hash]);
  return lines;
}

const KEPT: readonly Kept[] = [
  { what: 'camera-views', days: ({ keepViewsDays }) => keepViewsDays, due: OLD_VIEWS, remove: (tx, before) => tx.query(`delete from ${OLD_VIEWS} returning n, camera, actor, at`, [before]) },
  { what: 'sessions', days: ({ keepSessionsDays }) => keepSessionsDays, due: OLD_SESSIONS, remove: (tx, before) => tx.query(`delete from ${OLD_SESSIONS} returning created_at, account_id, kind`, [before]) },
  { what: 'contacts', days: () => 0, due: OLD_CONTACTS, remove: (tx, before) => tx.query(`delete from ${OLD_CONTACTS} returning feedback, expires_at`, [before]) },
  { what: 'audit', days: ({ keepAuditDays }) => keepAuditDays, due: `audit_log where n <= (select max(n) from ${OLD_LINES})`, remove: removeAudit },
];

export function createPurge({ engine, settings, now }: { engine: Engine; settings: SettingsStore; now(): number }): Purge {
  return {
    async preview() {
      const rules = await settings.read();
      const items: PurgePreview['items'] = [];
      for (const { what, days, due } of KEPT) {
        const before = now() - days(rules) * DAY_MS;
        const [{ rows } = { rows: 0 }] = await engine.query<{ rows: number }>(`select count(*)::int as rows from ${due}`, [before]);
        items.push({ what, before, rows });
      }
      return { items };
    },
    async run(actor, reason) {
      const rules = await settings.read();
      const receipts: PurgeReceipt[] = [];
      for (const { what, days, remove } of KEPT) {
        const before = now() - days(rules) * DAY_MS;
        const receipt = await engine.tx(async (tx) => {
          const removed = await remove(tx, before);
          if (removed.length === 0) return undefined;
          const hash = createHash('sha256').update(removed.map((row) => JSON.stringify(row)).sort().join('\n')).digest('hex');
          const [made] = await tx.query<{ n: number }>('insert into purge_receipt (at, what, before_at, rows, hash, actor, reason) values ($1, $2, $3, $4, $5, $6, $7) returning n', [now(), what, before, removed.length, hash, actor, reason]);
          const [kept] = await tx.query<PurgeReceipt>(`select ${FIELDS} ${RECEIPTS} where p.n = $1`, [made!.n]);
          await appendAudit(tx, { actor, action: `purge.${what}`, object: kept!.id, at: now() });
          return kept;
        });
        if (receipt) receipts.push(receipt);
      }
      return receipts;
    },
    receipts: () => engine.query<PurgeReceipt>(`select ${FIELDS} ${RECEIPTS} order by p.n desc limit 200`),
    async receipt(id) {
      const n = /^pg-(\d{1,15})$/.exec(id)?.[1];
      return n === undefined ? undefined : (await engine.query<PurgeReceipt>(`select ${FIELDS} ${RECEIPTS} where p.n = $1`, [Number(n)]))[0];
    },
  };
}
