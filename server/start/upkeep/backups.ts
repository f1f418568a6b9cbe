import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupLine } from '#contract/centre.ts';
import type { Config } from '../../kernel/config.ts';
import { makeBackup } from '../backup/backup.ts';
import type { Manifest } from '../backup/manifest.ts';
import { ROOT } from '../root.ts';

const TEST_NOTE = 'restore-test.json';
const TEST_MS = 300_000;
const OWN = /^nightly-/;

/** Backups in the data folder, newest first. */
export async function listBackups(dataFolder: string): Promise<BackupLine[]> {
  const folder = join(dataFolder, 'backups');
  if (!existsSync(folder)) return [];
  const lines: BackupLine[] = [];
  for (const name of await readdir(folder)) {
    const file = join(folder, name, 'manifest.json');
    if (!existsSync(file)) continue;
    const { madeAt, files } = JSON.parse(await readFile(file, 'utf8')) as Manifest;
    const note = join(folder, `${name}.${TEST_NOTE}`);
    const tested = existsSync(note) ? (JSON.parse(await readFile(note, 'utf8')) as BackupLine['tested']) : null;
    lines.push({ name, madeAt: Date.parse(madeAt), bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), tested });
  }
  return lines.sort((a, b) => b.madeAt - a.madeAt);
}

/** Puts a backup back into an empty folder by the product's own command, in a process of its own, and says what that said. */
function testRestore(folder: string, scratch: string): Promise<{ ok: boolean; detail: string }> {
  return new Promise((resolve) => {
    const environment = { PATH: process.env.PATH, HOME: process.env.HOME, IOC_DATA: scratch, IOC_LOG: 'silent' };
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'server/commands/restore.ts', folder], { cwd: ROOT, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    const timer = setTimeout(() => child.kill('SIGKILL'), TEST_MS);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.on('error', (error) => resolve({ ok: false, detail: error.message }));
    child.on('exit', (code) => {
      clearTimeout(timer);
      resolve({ ok: code === 0, detail: said.trim().split('\n').at(-1)?.slice(0, 300) ?? '' });
    });
  });
}

/** Makes a backup of the running product, tries it, and lets the oldest own ones go. Fails: throws in plain words. */
export async function makeTestedBackup(config: Config, { version, now, keep, snapshot }: { version: string; now: () => number; keep: number; snapshot: (() => Promise<string>) | undefined }): Promise<BackupLine['tested']> {
  const at = now();
  const name = `nightly-${new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')}`;
  const all = join(config.dataFolder, 'backups');
  await mkdir(all, { recursive: true, mode: 0o700 });
  const folder = join(all, name);
  await makeBackup(config, folder, { version, now: at }, () => undefined, snapshot);
  const scratch = join(all, `${name}.trial`);
  const outcome = config.DATABASE_URL ? { ok: true, detail: 'pg_dump: đã đọc lại từng byte, chưa khôi phục thử vào máy chủ khác / read again, not restored elsewhere' } : await testRestore(folder, scratch);
  await rm(scratch, { recursive: true, force: true });
  const tested = { at: now(), ...outcome };
  await writeFile(`${folder}.${TEST_NOTE}`, JSON.stringify(tested), { mode: 0o600 });
  const own = (await listBackups(config.dataFolder)).filter((line) => OWN.test(line.name));
  for (const { name: old } of own.slice(keep)) for (const path of [join(all, old), join(all, `${old}.${TEST_NOTE}`)]) await rm(path, { recursive: true, force: true });
  return tested;
}
