import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { SecretBytes } from './secrets.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Keeps a secret that must be read again, such as the key of a one-time code. */
export interface Seal {
  close(secret: string): string;
  /** Fails: throws when the text was changed or sealed with another key. */
  open(sealed: string): string;
}

/** Seals by AES-256-GCM. `key` is 32 bytes kept outside the store. */
export function createSeal(key: Uint8Array, secretBytes: SecretBytes): Seal {
  return {
    close(secret) {
      const nonce = secretBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
    },
  };
}
