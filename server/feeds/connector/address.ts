import { lookup } from 'node:dns/promises';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import { isPublicAddress } from '../../kernel/publicAddress.ts';

/** Finds a host once; the connection is made to what was judged. Fails: SOURCE_UNREACHABLE, SOURCE_ADDRESS. */
export async function addressOf({ host, allowPrivate }: { host: string; allowPrivate: boolean }): Promise<Outcome<string>> {
  const found = await lookup(host).catch(() => undefined);
  if (!found) return refused('SOURCE_UNREACHABLE', { detail: 'ENOTFOUND' });
  return allowPrivate || isPublicAddress(found.address) ? okay(found.address) : refused('SOURCE_ADDRESS');
}
