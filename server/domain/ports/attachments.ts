import type { Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { Scope } from '../scope.ts';

/** A picture after re-encoding: raster only, without the sender's metadata. */
export interface Attachment {
  /** Made from the hash of what was sent, so that sending it again names the same thing. */
  id: string;
  contentType: 'image/webp' | 'image/jpeg';
  width: number;
  height: number;
  body: Uint8Array;
}

/** Where evidence is kept. */
export interface AttachmentPort {
  /** Whether this was kept before; then nothing needs to be decoded again. */
  has(id: string): Promise<boolean>;
  /** Keeping a known id again changes nothing. Fails: STORE_UNAVAILABLE, STORE_FULL. */
  keep(attachment: Attachment): Promise<Outcome<void>>;
  /** Fails: NOT_FOUND, STORE_UNAVAILABLE. */
  read(id: string): Promise<Outcome<{ contentType: string; body: Uint8Array }>>;
}

/** Who may see a kept picture. */
export interface AttachmentRightsPort {
  /** Its sender may see it before anything shows it. */
  noteSender(id: string, sender: Principal): Promise<void>;
  maySee(id: string, scope: Scope): Promise<boolean>;
}
