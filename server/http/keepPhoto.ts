import { createHash } from 'node:crypto';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { AttachmentPort } from '../domain/ports/attachments.ts';
import type { Reencoder } from './reencode.ts';

/** Draws a citizen's photo anew and keeps it; the same photo again has the same id. Fails: REPORT_PHOTO, STORE_FULL, STORE_UNAVAILABLE. */
export async function keepPhoto(sent: Uint8Array, attachments: AttachmentPort, reencoder: Reencoder): Promise<Outcome<string>> {
  const id = `at-${createHash('sha256').update(sent).digest('hex').slice(0, 40)}`;
  if (await attachments.has(id)) return okay(id);
  const picture = await reencoder.reencode(sent);
  if (!picture) return refused('REPORT_PHOTO', { pointer: '/photo' });
  const kept = await attachments.keep({ id, ...picture });
  return kept.ok ? okay(id) : kept;
}
