import type { Queryable } from '../engine/engine.ts';
import { drawn, hashOf, type SecretBytes } from './secrets.ts';

const COUNT = 10;
const LENGTH = 10;
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Codes to be written down for the day the authenticator app is lost: each opens the account once. */
export function newRecoveryCodes(secretBytes: SecretBytes): { codes: string[]; hashes: string[] } {
  const codes = Array.from({ length: COUNT }, () => drawn(secretBytes, LETTERS, LENGTH));
  return { codes, hashes: codes.map(hashOf) };
}

/** Uses up a recovery code of an account. */
export async function spendRecovery(db: Queryable, account: number, typed: string): Promise<boolean> {
  const hash = hashOf(typed.toLowerCase().replace(/[\s-]/g, ''));
  const spent = await db.query('update account set recovery_hashes = array_remove(recovery_hashes, $2) where id = $1 and $2 = any(recovery_hashes) returning id', [account, hash]);
  return spent.length > 0;
}
