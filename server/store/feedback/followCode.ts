import { createHash, createHmac } from 'node:crypto';

const READABLE = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 12;

/** Codes that follow from the key of a report, so that sending again gives the same code and none is ever kept. */
export interface FollowCodes {
  codeOf(key: string): string;
  /** What is kept of a code. */
  hashOf(code: string): string;
}

export function createFollowCodes(secret: Uint8Array): FollowCodes {
  return {
    codeOf(key) {
      const bytes = createHmac('sha256', secret).update(`follow ${key}`).digest();
      const letters = [...bytes.subarray(0, LENGTH)].map((byte) => READABLE[byte % READABLE.length]).join('');
      return `${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}`;
    },
    hashOf: (code) => createHash('sha256').update(code).digest('hex'),
  };
}

/** The name a report has at the door: the phone's own key stays with the phone. */
export const messageKeyOf = (key: string): string => createHash('sha256').update(`report ${key}`).digest('hex');
