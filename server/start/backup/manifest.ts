import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** What a backup folder holds, so that a damaged or foreign one is never restored. */
export interface Manifest {
  product: 'toan-canh';
  version: string;
  madeAt: string;
  engine: 'embedded' | 'postgres';
  files: { path: string; bytes: number; sha256: string }[];
}

const NAME = 'manifest.json';

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function filesIn(folder: string): Promise<Manifest['files']> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files: Manifest['files'] = [];
  for (const path of paths.sort()) {
    const name = relative(folder, path);
    if (name !== NAME) files.push({ path: name, bytes: (await stat(path)).size, sha256: await hashOf(path) });
  }
  return files;
}

/** Writes the manifest of a folder as it is now. */
export async function writeManifest(folder: string, facts: Pick<Manifest, 'version' | 'madeAt' | 'engine'>): Promise<Manifest> {
  const manifest: Manifest = { product: 'toan-canh', ...facts, files: await filesIn(folder) };
  await writeFile(join(folder, NAME), JSON.stringify(manifest, null, 1), { mode: 0o600 });
  return manifest;
}

/** Reads a backup folder again and compares every byte. Fails: throws naming the first file that is missing, changed or extra. */
export async function checkManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, NAME), 'utf8').catch(() => undefined);
  if (text === undefined) throw new Error(`${folder}: không phải bản sao lưu / not a backup: manifest.json is missing`);
  const manifest = JSON.parse(text) as Manifest;
  if (manifest.product !== 'toan-canh') throw new Error(`${folder}: không phải bản sao lưu của Toàn Cảnh / not a backup of this product`);
  const found = new Map((await filesIn(folder)).map((file) => [file.path, file]));
  for (const file of manifest.files) {
    if (found.get(file.path)?.sha256 !== file.sha256) throw new Error(`${file.path}: thiếu hoặc đã bị thay đổi / missing or changed since the backup`);
    found.delete(file.path);
  }
  const [extra] = found.keys();
  if (extra !== undefined) throw new Error(`${extra}: tệp lạ trong bản sao lưu / a file that the backup does not name`);
  return manifest;
}
