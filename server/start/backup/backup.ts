import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Config } from '../../kernel/config.ts';
import { askForSnapshot } from '../../store/engine/embedded/snapshotBell.ts';
import { openStore } from '../openStore.ts';
import { checkManifest, writeManifest, type Manifest } from './manifest.ts';

const run = promisify(execFile);

/** What a backup keeps beside the store; each may be absent. Films kept with alerts (`footage`) are too large for every night and are copied apart. */
export const KEPT_FILES = ['seal.key', 'attachments', 'files', 'feeds', 'geo', 'tls', 'reports.json', 'help.json', 'federation.json', 'notification.yaml'] as const;

async function newestSnapshot(dataFolder: string): Promise<string | undefined> {
  const folder = join(dataFolder, 'snapshots');
  const names = existsSync(folder) ? (await readdir(folder)).filter((name) => /Z$/.test(name)).sort() : [];
  const newest = names.at(-1);
  return newest && join(folder, newest);
}

/** How long a running server may take for a snapshot. */
const ASK_MS = 120_000;

/** A consistent copy of the embedded store, made now: by the running server when there is one. Its last hourly copy serves when it does not answer. */
async function copyEmbedded(config: Config, target: string, say: (text: string) => void, own?: () => Promise<string>): Promise<void> {
  let snapshot = await own?.();
  try {
    if (snapshot) return await cp(snapshot, join(target, 'store'), { recursive: true });
    const engine = await openStore(config);
    try {
      snapshot = await engine.snapshot?.();
    } finally {
      await engine.close();
    }
  } catch (error) {
    const isFresh = await askForSnapshot(join(config.dataFolder, 'snapshots'), ASK_MS);
    snapshot = await newestSnapshot(config.dataFolder);
    if (!snapshot) throw new Error(`máy chủ đang chạy nhưng không chụp được kho; hãy dừng máy chủ rồi sao lưu / a server is running and made no snapshot: stop it first (${error instanceof Error ? error.message : String(error)})`);
    say(`${isFresh ? 'Máy chủ đang chạy vừa chụp kho / the running server made a snapshot' : 'Máy chủ không trả lời: dùng bản chụp trước đó / the server does not answer, an earlier snapshot is used'}: ${snapshot.slice(snapshot.lastIndexOf('/') + 1)}`);
  }
  if (!snapshot) throw new Error('kho nhúng không chụp được / the embedded store made no snapshot');
  await cp(snapshot, join(target, 'store'), { recursive: true });
}

/** Makes one folder that holds everything a new machine needs, and reads it again before it counts. Fails: throws; a half-made folder never keeps its name. */
export async function makeBackup(config: Config, folder: string, facts: { version: string; now: number }, say: (text: string) => void, snapshot?: () => Promise<string>): Promise<Manifest> {
  if (existsSync(folder)) throw new Error(`${folder} đã có / exists already`);
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  const engine = config.DATABASE_URL ? 'postgres' : 'embedded';
  if (engine === 'postgres') await run('pg_dump', ['--format=custom', '--no-owner', `--file=${join(partial, 'store.dump')}`, `--dbname=${config.DATABASE_LISTEN_URL || config.DATABASE_URL}`]);
  else await copyEmbedded(config, partial, say, snapshot);
  for (const name of KEPT_FILES) {
    const source = join(config.dataFolder, name);
    if (existsSync(source)) await cp(source, join(partial, name), { recursive: true });
  }
  await writeManifest(partial, { version: facts.version, madeAt: new Date(facts.now).toISOString(), engine });
  const manifest = await checkManifest(partial);
  await rename(partial, folder);
  return manifest;
}
