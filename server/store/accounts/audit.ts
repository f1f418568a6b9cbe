import { auditHash, type AuditLine } from '../../domain/account/audit.ts';
import type { Queryable, Tx } from '../engine/engine.ts';

const PAGE = 2000;

/** Adds a line to the chain. The head's row lock puts lines in commit order; take it before `appendEntries`. */
export async function appendAudit(tx: Tx, line: Omit<AuditLine, 'n'>): Promise<void> {
  await tx.query(`insert into audit_head (n, hash) values (0, '') on conflict do nothing`);
  const [head] = await tx.query<{ n: number; hash: string }>('select n, hash from audit_head for update');
  if (!head) throw new Error('the audit log has no head');
  const n = head.n + 1;
  const hash = auditHash(head.hash, { ...line, n });
  await tx.query('insert into audit_log (n, at, actor, action, object, prev, hash) values ($1, $2, $3, $4, $5, $6, $7)', [
    n, line.at, line.actor, line.action, line.object, head.hash, hash,
  ]);
  await tx.query('update audit_head set n = $1, hash = $2', [n, hash]);
}

/** What a check of the whole chain found: how many lines hold, and the first that does not. */
export type AuditCheck = { ok: true; lines: number; head: string } | { ok: false; lines: number; firstBad: number; why: 'missing' | 'changed' | 'unsigned' };

/** A head of the chain that was signed and kept elsewhere. */
export interface WitnessedHead {
  head: { n: number; hash: string } | undefined;
  isGenuine: boolean;
}

/**
 * Reads the whole chain and names the first line that was changed, removed or added by hand. What was purged is not read: the
 * chain then begins at its anchor. `witnessed`: heads signed elsewhere, which also find a chain that was rewritten as a whole.
 */
export async function verifyAudit(store: Queryable, witnessed: readonly WitnessedHead[] = []): Promise<AuditCheck> {
  const [anchor] = await store.query<{ n: number; hash: string }>('select n, hash from audit_anchor');
  const signed = new Map(witnessed.flatMap(({ head }) => (head ? [[head.n, head.hash]] : [])));
  let lines = anchor?.n ?? 0;
  let prev = anchor?.hash ?? '';
  const forged = witnessed.find(({ isGenuine }) => !isGenuine);
  if (forged) return { ok: false, lines, firstBad: forged.head?.n ?? 0, why: 'unsigned' };
  for (;;) {
    const page = await store.query<AuditLine & { prev: string; hash: string }>('select * from audit_log where n > $1 order by n limit $2', [lines, PAGE]);
    for (const line of page) {
      if (line.n !== lines + 1) return { ok: false, lines, firstBad: lines + 1, why: 'missing' };
      if (line.prev !== prev || line.hash !== auditHash(prev, line)) return { ok: false, lines, firstBad: line.n, why: 'changed' };
      if ((signed.get(line.n) ?? line.hash) !== line.hash) return { ok: false, lines, firstBad: line.n, why: 'changed' };
      lines = line.n;
      prev = line.hash;
    }
    if (page.length < PAGE) break;
  }
  const [head] = await store.query<{ n: number; hash: string }>('select n, hash from audit_head');
  if ((head?.n ?? 0) > lines) return { ok: false, lines, firstBad: lines + 1, why: 'missing' };
  if ((head?.hash ?? '') !== prev) return { ok: false, lines, firstBad: lines, why: 'changed' };
  const last = Math.max(0, ...signed.keys());
  if (last > lines) return { ok: false, lines, firstBad: lines + 1, why: 'missing' };
  return { ok: true, lines, head: prev };
}
