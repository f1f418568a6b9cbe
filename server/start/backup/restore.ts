import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../kernel/config.ts';
import { lockFolder } from '../../store/engine/embedded/folderLock.ts';
import { renewEpoch } from '../../store/log/log.ts';
import { openStore } from '../openStore.ts';
import { KEPT_FILES } from './backup.ts';
import { checkManifest, type Manifest } from './manifest.ts';
import { restoreDump } from './restoreDump.ts';

/** Puts what stood there aside under a name with the time, and returns the way to put it back. */
async function setAside(path: string, stamp: string): Promise<() => Promise<void>> {
  if (!existsSync(path)) return () => rm(path, { recursive: true, force: true });
  const aside = `${path}.before-${stamp}`;
  await rename(path, aside);
  return async () => {
    await rm(path, { recursive: true, force: true });
    await rename(aside, path);
  };
}

/** Opens what was restored, brings it to this version and begins a new epoch, so that every screen loads anew. */
async function wake(config: Config): Promise<string> {
  const engine = await openStore(config);
  try {
    return await renewEpoch(engine);
  } finally {
    await engine.close();
  }
}

/** What was restored. `aside`: names in the data folder under which everything that stood there is kept. */
export interface Restored {
  manifest: Manifest;
  epoch: string;
  aside: string[];
}

/** Restores a backup after reading all of it. Fails: throws and leaves the old store as it was; the one that stood there is kept aside. */
export async function restoreBackup(config: Config, folder: string, now: number): Promise<Restored> {
  const manifest = await checkManifest(folder);
  const wanted = config.DATABASE_URL ? 'postgres' : 'embedded';
  if (manifest.engine !== wanted) throw new Error(`bản sao lưu thuộc loại ${manifest.engine}, kho đang dùng là ${wanted} / the backup is of another kind of store`);
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
  const undo: (() => Promise<void>)[] = [];
  const stamp = new Date(now).toISOString().replaceAll(':', '-');
  const aside: string[] = [];
  const putAside = async (name: string) => {
    const path = join(config.dataFolder, name);
    if (existsSync(path)) aside.push(`${name}.before-${stamp}`);
    undo.push(await setAside(path, stamp));
  };
  try {
    if (wanted === 'embedded') {
      const lock = await lockFolder(config.dataFolder);
      await lock.close();
      await putAside('store');
      await cp(join(folder, 'store'), join(config.dataFolder, 'store'), { recursive: true });
    } else {
      await restoreDump(config, join(folder, 'store.dump'));
    }
    for (const name of KEPT_FILES.filter((kept) => existsSync(join(folder, kept)))) {
      await putAside(name);
      await cp(join(folder, name), join(config.dataFolder, name), { recursive: true });
    }
    return { manifest, epoch: await wake(config), aside };
  } catch (error) {
    for (const step of undo.reverse()) await step();
    throw error;
  }
}
