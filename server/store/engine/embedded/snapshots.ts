import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../../kernel/clock.ts';

const KEPT = 3;
const NAME = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z$/;

export interface Snapshots {
  /** Lets `copy` fill a folder, makes it durable, gives it its name and forgets the oldest. Returns the folder. */
  take(copy: (to: string) => Promise<void>): Promise<string>;
  /** Names of the kept snapshots, oldest first. */
  list(): Promise<string[]>;
}

export function createSnapshots(folder: string, clock: Clock): Snapshots {
  const list = async () => (await readdir(folder)).filter((name) => NAME.test(name)).sort();
  return {
    list,
    async take(copy) {
      const target = join(folder, new Date(clock.realNow()).toISOString().replaceAll(':', '-'));
      const partial = `${target}.partial`;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await copy(partial);
      await makeDurable(partial);
      await rename(partial, target);
      await syncFile(folder);
      for (const name of (await list()).slice(0, -KEPT)) await rm(join(folder, name), { recursive: true });
      return target;
    },
  };
}

async function makeDurable(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile() || entry.isDirectory()) await syncFile(join(entry.parentPath, entry.name));
  }
  await syncFile(folder);
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
