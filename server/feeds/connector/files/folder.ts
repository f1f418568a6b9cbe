import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { FileHouse, ListedFile } from './fileHouse.ts';

const fault = (error: unknown): Outcome<never> => refused('SOURCE_UNREACHABLE', { detail: (error as NodeJS.ErrnoException).code ?? 'thư mục' });

/** A folder of this machine, or one mounted on it. */
export function createFolder(folder: string): FileHouse {
  return {
    async list() {
      try {
        const entries = await readdir(folder, { withFileTypes: true });
        const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
        return okay(await Promise.all(files.map(async ({ name }): Promise<ListedFile> => {
          const { size, mtimeMs } = await stat(join(folder, name));
          return { name, bytes: size, changedAt: Math.round(mtimeMs) };
        })));
      } catch (error) {
        return fault(error);
      }
    },
    async read(name) {
      try {
        return okay(await readFile(join(folder, basename(name))));
      } catch (error) {
        return fault(error);
      }
    },
    leave: () => undefined,
  };
}
