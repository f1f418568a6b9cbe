import { createHash } from 'node:crypto';

/** One line of the audit log: who did what to which thing. Ids only; never personal data. Units: epoch ms. */
export interface AuditLine {
  n: number;
  at: number;
  actor: string;
  action: string;
  object: string;
}

/** Hash of a line chained to the one before it; the first line has the empty string before it. */
export function auditHash(prev: string, { n, at, actor, action, object }: AuditLine): string {
  return createHash('sha256').update(prev).update(JSON.stringify([n, at, actor, action, object])).digest('hex');
}
