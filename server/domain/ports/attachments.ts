import type { Outcome } from '#contract/faults.ts';

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
