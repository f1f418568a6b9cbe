import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { ensureClientBuilt } from '../clientBuild.ts';
import { codePaths, isLeftOut, namedPackages, packagesFor } from './contents.ts';
import { sbomOf } from './sbom.ts';

const run = promisify(execFile);
const TEMPLATES = ['install.sh', 'rollback.sh', 'toan-canh.sh', 'toan-canh.service', 'install.ps1', 'DOC-TRUOC.txt'] as const;

/** What was made. Units: bytes. */
export interface Bundle {
  archive: string;
  bytes: number;
  sha256: string;
  packages: number;
  files: number;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path)) hash.update(part as Buffer);
  return hash.digest('hex');
}

/** A release as it lies unpacked, with its `install.sh`. */
export interface Release {
  folder: string;
  name: string;
  packages: number;
  files: number;
}

/** Lays a release down: runtime, built pages, libraries, maps, scripts, hashes and bill of materials. */
export async function layRelease(root: string, target: string, now: number, say: (text: string) => void): Promise<Release> {
  const product = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { name: string; version: string; license: string };
  await ensureClientBuilt(root, say);
  const name = `toan-canh-${product.version}-${process.platform}-${process.arch}`;
  const folder = join(target, name);
  const app = join(folder, 'app');
  await rm(folder, { recursive: true, force: true });
  await mkdir(app, { recursive: true });

  say('Chép mã và bản đồ / copying code and maps …');
  for (const path of codePaths(root)) await cp(join(root, path), join(app, path), { recursive: true, filter: (from) => !isLeftOut(relative(root, from)) });
  const packages = packagesFor(root, namedPackages(root));
  say(`Chép ${packages.length} thư viện / copying libraries …`);
  for (const { path } of packages) {
    await mkdir(dirname(join(app, path)), { recursive: true });
    // A package's own nested packages come by themselves, when they are needed.
    await cp(join(root, path), join(app, path), { recursive: true, filter: (from) => !relative(join(root, path), from).split(/[\\/]/).includes('node_modules') });
  }
  await writeFile(join(app, 'node_modules', '.installed-for'), createHash('sha256').update(await readFile(join(root, 'package-lock.json'))).digest('hex'));
  for (const file of TEMPLATES) {
    await cp(join(import.meta.dirname, 'templates', file), join(folder, file));
    if (file.endsWith('.sh')) await chmod(join(folder, file), 0o755);
  }
  await writeFile(join(folder, 'VERSION'), `${product.version}\n`);
  await writeFile(join(folder, 'sbom.cdx.json'), JSON.stringify(sbomOf(product, packages, now), null, 1));

  say('Tính SHA-256 / hashing …');
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => relative(folder, join(entry.parentPath, entry.name))).sort();
  const sums: string[] = [];
  for (const path of paths) sums.push(`${await hashOf(join(folder, path))}  ${path.replaceAll('\\', '/')}`);
  await writeFile(join(folder, 'SHA256SUMS'), `${sums.join('\n')}\n`);
  return { folder, name, packages: packages.length, files: paths.length };
}

/** Makes the one archive that is carried to a machine without a network. */
export async function makeBundle(root: string, target: string, now: number, say: (text: string) => void): Promise<Bundle> {
  const { folder, name, packages, files } = await layRelease(root, target, now, say);
  say('Nén / packing …');
  const archive = join(target, `${name}.tar.gz`);
  await run('tar', ['--create', '--gzip', '--owner=0', '--group=0', `--file=${archive}`, `--directory=${target}`, name]);
  const sha256 = await hashOf(archive);
  await writeFile(`${archive}.sha256`, `${sha256}  ${name}.tar.gz\n`);
  await rm(folder, { recursive: true, force: true });
  return { archive, bytes: (await stat(archive)).size, sha256, packages, files };
}
