import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { access, open, readFile, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { okay, refused } from '#contract/faults.ts';
import type { AttachmentPort } from '../../domain/ports/attachments.ts';

const NAME = /^at-[0-9a-f]{40}$/;
const ENDINGS = { 'image/webp': 'webp', 'image/jpeg': 'jpg' } as const;
type ContentType = keyof typeof ENDINGS;

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined);

async function writeWhole(path: string, body: Uint8Array): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}.new`;
  let file: FileHandle | undefined;
  try {
    file = await open(draft, 'wx', 0o600);
    await file.writeFile(body);
    await file.sync();
    await file.close();
    await rename(draft, path);
  } catch (error) {
    await file?.close();
    await rm(draft, { force: true });
    throw error;
  }
}

/** Evidence in a folder, one file per picture, named by its hash and complete before it has its name. */
export function createAttachmentFolder(folder: string): AttachmentPort {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pathOf = (id: string, type: ContentType) => join(folder, `${id}.${ENDINGS[type]}`);
  const find = async (id: string): Promise<ContentType | undefined> => {
    if (!NAME.test(id)) return undefined;
    for (const type of Object.keys(ENDINGS) as ContentType[]) {
      const isThere = await access(pathOf(id, type)).then(() => true, () => false);
      if (isThere) return type;
    }
    return undefined;
  };
  return {
    has: async (id) => (await find(id)) !== undefined,
    async keep({ id, contentType, body }) {
      if (!NAME.test(id)) throw new Error(`${id} is no attachment id`);
      try {
        if (!(await find(id))) await writeWhole(pathOf(id, contentType), body);
        return okay(undefined);
      } catch (error) {
        if (codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT') return refused('STORE_FULL');
        if (codeOf(error) !== undefined) return refused('STORE_UNAVAILABLE');
        throw error;
      }
    },
    async read(id) {
      const type = await find(id);
      return type ? okay({ contentType: type, body: await readFile(pathOf(id, type)) }) : refused('NOT_FOUND');
    },
  };
}

