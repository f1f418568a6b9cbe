import type { Queryable } from '../engine/engine.ts';
import type { Hasher } from './hasher.ts';
import { drawn, hashOf, type SecretBytes } from './secrets.ts';

const COUNT = 10;
const LENGTH = 10;
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Codes to be written down for the day the authenticator app is lost: each opens the account once. Short enough to type, so they are hashed as passwords are. */
export async function newRecoveryCodes(secretBytes: SecretBytes, hasher: Pick<Hasher, 'hash'>): Promise<{ codes: string[]; hashes: string[] }> {
  const codes = Array.from({ length: COUNT }, () => drawn(secretBytes, LETTERS, LENGTH));
  return { codes, hashes: await Promise.all(codes.map(hasher.hash)) };
}

/** Uses up a recovery code of an account. Codes given out by older versions have a plain hash. */
export async function spendRecovery(db: Queryable, hasher: Pick<Hasher, 'verify'>, account: number, typed: string): Promise<boolean> {
  const code = typed.toLowerCase().replace(/[\s-]/g, '');
  if (code.length !== LENGTH) return false;
  const [kept] = await db.query<{ hashes: string[] }>('select recovery_hashes as hashes from account where id = $1', [account]);
  const plain = hashOf(code);
  for (const hash of kept?.hashes ?? []) {
    if (hash !== plain && !(hash.startsWith('$') && (await hasher.verify(hash, code)))) continue;
    const spent = await db.query('update account set recovery_hashes = array_remove(recovery_hashes, $2) where id = $1 and $2 = any(recovery_hashes) returning id', [account, hash]);
    return spent.length > 0;
  }
  return false;
}
