import type { Outcome } from '#contract/faults.ts';
import type { Role } from '#contract/roles.ts';
import type { DataClass } from '#contract/security.ts';
import type { AuditLine } from '../account/audit.ts';

/** An ingest key as administration sees it: never its secret. Units: epoch ms. */
export interface KeyLine {
  id: string;
  name: string;
  source: string;
  topics: string[] | null;
  createdAt: number;
  lastUsedAt: number | null;
  revokedAt: number | null;
}

/** What an administrator and an auditor do beyond making accounts. `actor` is the id that the audit log names. */
export interface AdministrationPort {
  /** New roles and units; the person's open sessions end. Fails: NOT_FOUND, STATE_STEP. */
  setGrants(id: string, grants: { roles: Role[]; units: string[] | null; dataClass?: DataClass | undefined; expiresAt?: number | null | undefined }, actor: string): Promise<Outcome<void>>;
  listKeys(): Promise<KeyLine[]>;
  /** Fails: NOT_FOUND. */
  revokeKey(id: string, actor: string): Promise<Outcome<void>>;
  /** Newest first; `before` is the number of the last line of the page before. */
  listAudit(query: { limit: number; before?: number | undefined; actor?: string | undefined; action?: string | undefined }): Promise<AuditLine[]>;
  /** Reads the whole chain. `firstBad` is the first line that was changed, removed or added by hand. */
  verifyAudit(): Promise<{ ok: boolean; lines: number; firstBad?: number }>;
}
