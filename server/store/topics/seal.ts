import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Keeps secrets unreadable in the store. Shape of sealed bytes: nonce, AES-256-GCM tag, ciphertext. */
export interface Seal {
  seal(text: string): Buffer;
  /** Fails: throws when the bytes were changed or sealed with another key. */
  open(sealed: Uint8Array): string;
}

/** A seal from a 32-byte key that lives outside the store. */
export function createSeal(key: Uint8Array): Seal {
  if (key.length !== 32) throw new Error('a seal needs a key of 32 bytes');
  return {
    seal(text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open(sealed) {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    },
  };
}
