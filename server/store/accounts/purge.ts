import { createHash } from 'node:crypto';
import type { PurgeReceipt } from '#contract/security.ts';
import type { Engine, Row, Tx } from '../engine/engine.ts';
import { appendAudit } from './audit.ts';
import type { SettingsStore } from './settings.ts';

const DAY_MS = 86_400_000;
const FIELDS = `'pg-' || n as id, at, what, before_at as before, rows, hash, actor as by`;

/** Removes what is past its keeping, and proves what it removed. */
export interface Purge {
  /** Fails: throws when the store refuses; nothing is half done. */
  run(actor: string): Promise<PurgeReceipt[]>;
  receipts(): Promise<PurgeReceipt[]>;
}

/** One kind of thing that is kept for a time. `remove` returns the rows it removed, in a fixed order. */
interface Kept {
  what: string;
  days(settings: Awaited<ReturnType<SettingsStore['read']>>): number;
  remove(tx: Tx, before: number): Promise<Row[]>;
}

/** The oldest lines go, up to one whose number and hash stay as the anchor that the rest is checked from. */
async function removeAudit(tx: Tx, before: number): Promise<Row[]> {
  const [last] = await tx.query<{ n: number; hash: string }>('select n, hash from audit_log where at < $1 and n < (select n from audit_head) order by n desc limit 1', [before]);
  if (!last) return [];
  await tx.query(`select set_config('ioc.purge', 'on', true)`);
  const lines = await tx.query('select n, hash from audit_log where n <= $1 order by n', [last.n]);
  await tx.query('delete from audit_log where n <= $1', [last.n]);
  await tx.query(`select set_config('ioc.purge', 'off', true)`);
  await tx.query('insert into audit_anchor (n, hash) values ($1, $2) on conflict (one) do update set n = excluded.n, hash = excluded.hash', [last.n, last.hash]);
  return lines;
}

const KEPT: readonly Kept[] = [
  { what: 'camera-views', days: ({ keepViewsDays }) => keepViewsDays, remove: (tx, before) => tx.query(`delete from camera_trace where act = 'view' and at < $1 returning n, camera, actor, at`, [before]) },
  { what: 'sessions', days: ({ keepSessionsDays }) => keepSessionsDays, remove: (tx, before) => tx.query('delete from session where greatest(expires_at, coalesce(ended_at, 0)) < $1 and (ended_at is not null or expires_at < $1) returning created_at, account_id, kind', [before]) },
  { what: 'contacts', days: () => 0, remove: (tx, before) => tx.query('delete from feedback_contact where expires_at <= $1 returning feedback, expires_at', [before]) },
  { what: 'audit', days: ({ keepAuditDays }) => keepAuditDays, remove: removeAudit },
];

export function createPurge({ engine, settings, now }: { engine: Engine; settings: SettingsStore; now(): number }): Purge {
  return {
    async run(actor) {
      const rules = await settings.read();
      const receipts: PurgeReceipt[] = [];
      for (const { what, days, remove } of KEPT) {
        const before = now() - days(rules) * DAY_MS;
        const receipt = await engine.tx(async (tx) => {
          const removed = await remove(tx, before);
          if (removed.length === 0) return undefined;
          const hash = createHash('sha256').update(removed.map((row) => JSON.stringify(row)).sort().join('\n')).digest('hex');
          const [kept] = await tx.query<PurgeReceipt>(`insert into purge_receipt (at, what, before_at, rows, hash, actor) values ($1, $2, $3, $4, $5, $6) returning ${FIELDS}`, [now(), what, before, removed.length, hash, actor]);
          await appendAudit(tx, { actor, action: `purge.${what}`, object: kept!.id, at: now() });
          return kept;
        });
        if (receipt) receipts.push(receipt);
      }
      return receipts;
    },
    receipts: () => engine.query<PurgeReceipt>(`select ${FIELDS} from purge_receipt order by n desc limit 200`),
  };
}
