const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Number of characters of a pairing code. */
export const PAIRING_CODE_LENGTH = 8;

/** A code to be read from a wall across a room: no 0, O, 1 or I. `bytes` gives one character each. */
export function pairingCode(bytes: Uint8Array): string {
  return [...bytes.subarray(0, PAIRING_CODE_LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
}

/** The code as it was meant, however it was typed: case, spaces and dashes do not matter. */
export function readPairingCode(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '');
}
