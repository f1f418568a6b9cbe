import type { Principal } from '#contract/roles.ts';
import { SESSION_LIMITS } from '../../domain/account/session.ts';
import type { Queryable } from '../engine/engine.ts';

/** Whether the person proved who they are a short while ago, which what guards an account asks for. */
export async function isFreshSession(db: Queryable, { session }: Principal, now: number): Promise<boolean> {
  const [row] = await db.query<{ createdAt: number }>('select created_at as "createdAt" from session where token_hash = $1', [session ?? '']);
  return row !== undefined && now - row.createdAt <= SESSION_LIMITS.freshMs;
}
