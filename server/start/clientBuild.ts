import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const INPUTS = ['client', 'layouts', 'geo/style', 'server/contract'];
const SINGLE_INPUTS = ['package-lock.json', 'vite.config.ts'];
const SKIPPED = new Set(['dist', 'node_modules']);

function* filesUnder(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (SKIPPED.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path);
    else if (/\.(ts|svelte|css|html|json|svg)$/.test(entry.name) && !entry.name.endsWith('.test.ts')) yield path;
  }
}

function hashOfInputs(root: string): string {
  const hash = createHash('sha256');
  const geoFiles = readdirSync(join(root, 'geo')).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const paths = [...SINGLE_INPUTS, ...geoFiles.map((name) => join('geo', name))].map((path) => join(root, path));
  for (const folder of INPUTS) paths.push(...filesUnder(join(root, folder)));
  for (const path of paths) hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex').slice(0, 16);
}

/** Makes sure that the pages in `client/dist` are built from what stands in the tree. Returns the id of the build. Fails: throws with the builder's own words. */
export async function ensureClientBuilt(root: string, say: (text: string) => void): Promise<string> {
  const marker = join(root, 'client', 'dist', 'build.txt');
  const wanted = hashOfInputs(root);
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return wanted;
  say('Dựng giao diện / building the pages …');
  const lines: string[] = [];
  const code = await new Promise<number>((resolve, reject) => {
    const environment = { ...process.env, NO_COLOR: '1', VITEST: undefined, NODE_ENV: 'production', VITE_BUILD: wanted };
    const child = spawn(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn', '--config', join(root, 'vite.config.ts')], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: environment });
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => lines.push(text));
    child.on('error', reject);
    child.on('exit', (exit) => resolve(exit ?? 1));
  });
  if (code !== 0) throw new Error(`the pages could not be built:\n${lines.join('')}`);
  writeFileSync(marker, wanted);
  return wanted;
}
