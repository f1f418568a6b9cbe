import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Config } from '../../kernel/config.ts';
import { lockFolder } from '../../store/engine/embedded/folderLock.ts';
import { renewEpoch } from '../../store/log/log.ts';
import { openStore } from '../openStore.ts';
import { KEPT_FILES } from './backup.ts';
import { checkManifest, type Manifest } from './manifest.ts';

const run = promisify(execFile);

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

/** Restores a backup after reading all of it. Fails: throws and leaves the old store as it was; the one that stood there is kept aside. */
export async function restoreBackup(config: Config, folder: string, now: number): Promise<{ manifest: Manifest; epoch: string }> {
  const manifest = await checkManifest(folder);
  const wanted = config.DATABASE_URL ? 'postgres' : 'embedded';
  if (manifest.engine !== wanted) throw new Error(`bản sao lưu thuộc loại ${manifest.engine}, kho đang dùng là ${wanted} / the backup is of another kind of store`);
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
  const undo: (() => Promise<void>)[] = [];
  const stamp = new Date(now).toISOString().replaceAll(':', '-');
  try {
    if (wanted === 'embedded') {
      const lock = await lockFolder(config.dataFolder);
      await lock.close();
      undo.push(await setAside(join(config.dataFolder, 'store'), stamp));
      await cp(join(folder, 'store'), join(config.dataFolder, 'store'), { recursive: true });
    } else {
      await run('pg_restore', ['--clean', '--if-exists', '--no-owner', '--single-transaction', `--dbname=${config.DATABASE_URL}`, join(folder, 'store.dump')]);
    }
    for (const name of KEPT_FILES.filter((kept) => existsSync(join(folder, kept)))) {
      undo.push(await setAside(join(config.dataFolder, name), stamp));
      await cp(join(folder, name), join(config.dataFolder, name), { recursive: true });
    }
    return { manifest, epoch: await wake(config) };
  } catch (error) {
    for (const step of undo.reverse()) await step();
    throw error;
  }
}
