import { createHash, timingSafeEqual } from 'node:crypto';

/** Bytes nobody can guess. The seeded random of the product never makes secrets. */
export type SecretBytes = (size: number) => Uint8Array;

const TOKEN_BYTES = 32;
const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789';
const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A 256-bit secret for a cookie or a link. */
export const newToken = (secretBytes: SecretBytes): string => Buffer.from(secretBytes(TOKEN_BYTES)).toString('base64url');

/** What the store keeps of a secret. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Compares two hashes of `hashOf` without telling where they differ. */
export function isSameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

/** Letters and digits, each equally likely. */
export const newSecret = (secretBytes: SecretBytes, length: number) => drawn(secretBytes, ALPHANUMERIC, length);

/** A password to be read from a terminal and typed once: four groups of five, 99 bits. */
export function newPassword(secretBytes: SecretBytes): string {
  return Array.from({ length: 4 }, () => drawn(secretBytes, READABLE, 5)).join('-');
}

/** Characters of an alphabet; bytes past its last whole multiple are thrown away, so that none is likelier. */
export function drawn(secretBytes: SecretBytes, alphabet: string, length: number): string {
  const fair = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length) {
    for (const byte of secretBytes(length)) {
      if (byte < fair && text.length < length) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
}
