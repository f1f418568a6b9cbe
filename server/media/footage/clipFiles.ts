import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync } from 'node:fs';
import { appendFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

const NAME = /^clip-\d{1,15}$/;
const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined);

/** Kept film in a folder, one file per clip. */
export function createClipFiles(folder: string) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pathOf = (id: string) => {
    if (!NAME.test(id)) throw new Error(`${id} is no clip`);
    return join(folder, `${id}.mp4`);
  };
  return {
    /** False when the disk is full. */
    async append(id: string, bytes: Uint8Array): Promise<boolean> {
      try {
        await appendFile(pathOf(id), bytes, { mode: 0o600 });
        return true;
      } catch (error) {
        if (codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT') return false;
        throw error;
      }
    },
    read: (id: string): Promise<Buffer> => readFile(pathOf(id)),
    remove: (id: string): Promise<void> => rm(pathOf(id), { force: true }),
    /** Length and hash of what lies there; no hash for nothing. */
    async sumOf(id: string): Promise<{ bytes: number; sha256: string | null }> {
      const hash = createHash('sha256');
      let bytes = 0;
      try {
        for await (const chunk of createReadStream(pathOf(id)) as AsyncIterable<Buffer>) {
          bytes += chunk.length;
          hash.update(chunk);
        }
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') throw error;
      }
      return { bytes, sha256: bytes === 0 ? null : hash.digest('hex') };
    },
  };
}
