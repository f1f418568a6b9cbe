import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const KEY_BYTES = 32;

/** The key that seals camera addresses and one-time codes: outside the store, readable by its owner only. Fails: throws when the file is damaged, because making a new one would lose what is sealed. */
export function openSealKey(dataFolder: string): Uint8Array {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const file = join(dataFolder, 'seal.key');
  if (!existsSync(file)) writeFileSync(file, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' });
  const key = readFileSync(file);
  if (key.length !== KEY_BYTES) throw new Error(`${file} is damaged: restore it from a backup`);
  return key;
}
