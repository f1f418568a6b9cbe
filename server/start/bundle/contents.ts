import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One package that goes along. `path` is its place under the product's folder. */
export interface BundledPackage {
  path: string;
  name: string;
  version: string;
  licence: string;
  /** `sha512-…` of the archive it was installed from. */
  integrity: string;
}

interface LockEntry {
  version?: string;
  license?: string;
  integrity?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

/** Folders of the product that run on the customer's machine. The pages go along built, with what their build is known by. */
export const CODE_FOLDERS = ['server', 'layouts', 'geo', 'client', 'docs'] as const;
const SINGLE_FILES = ['package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts', 'README.md', 'SECURITY.md'] as const;
export const codePaths = (root: string): string[] => [...CODE_FOLDERS, ...SINGLE_FILES].filter((path) => existsSync(join(root, path)));

/** What is left at home: tests and what only the server's need. The pages keep all they were built from, or they would be built anew. */
export const isLeftOut = (path: string): boolean => /\.test\.ts$|^server\/(.*\/)?testing(\/|$)|(^|\/)\.data(\/|$)/.test(path.replaceAll('\\', '/'));

/** Direct dependencies that the server's own code names, imported or found by name at work, without what its tests need. */
export function namedPackages(root: string, folders: readonly string[] = ['server', 'layouts', 'geo']): Set<string> {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
  const named = new Set<string>();
  for (const folder of folders) {
    for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.(ts|mjs|json)$/.test(file) || file.endsWith('.d.ts') || isLeftOut(`${folder}/${file}`)) continue;
      const text = readFileSync(join(root, folder, file), 'utf8');
      for (const name of Object.keys(dependencies)) if (['\'', '"', '`'].some((quote) => text.includes(`${quote}${name}${quote}`) || text.includes(`${quote}${name}/`))) named.add(name);
    }
  }
  return named;
}

/** Old packages state their licence in other ways than the lock file reads; empty when they state none. */
function statedLicence(folder: string): string {
  const { license, licenses = [] } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { license?: string | { type?: string }; licenses?: { type?: string }[] };
  return typeof license === 'string' ? license : (license?.type ?? licenses[0]?.type ?? '');
}

/** Follows the lock file from the named packages: what is found on this machine goes along, so one bundle is for one kind of machine. */
export function packagesFor(root: string, named: ReadonlySet<string>): BundledPackage[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, LockEntry> };
  const runtime = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const found = new Map<string, BundledPackage>();
  /** As Node looks for a package: in the folder of who asks, then upwards. */
  const placeOf = (name: string, from: string): string | undefined => {
    for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
      const path = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
      if (packages[path]) return path;
      if (at === '') return undefined;
    }
  };
  const take = (name: string, from: string): void => {
    const path = placeOf(name, from);
    if (path === undefined || found.has(path) || !existsSync(join(root, path))) return;
    const { version = '', license = '', integrity = '', dependencies, optionalDependencies, peerDependencies } = packages[path]!;
    found.set(path, { path, name, version, licence: license || statedLicence(join(root, path)), integrity });
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) take(next, path);
  };
  for (const name of [...named, runtime]) take(name, '');
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
