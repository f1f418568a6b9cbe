import { cpSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where each kind of thing lives; a folder or file that starts with `_` is its living template. */
export const KINDS: Record<string, { folder: string; template: string; isFile?: boolean }> = {
  feed: { folder: 'server/feeds', template: '_template' },
  service: { folder: 'server/services', template: '_template' },
  widget: { folder: 'client/widgets', template: '_template' },
  layer: { folder: 'client/map/layers', template: '_template.ts', isFile: true },
  layout: { folder: 'layouts/scenes', template: '_template.yaml', isFile: true },
  scenario: { folder: 'layouts/scenarios', template: '_template.yaml', isFile: true },
};

const NAME = /^[a-z][a-z0-9-]{1,40}$/;
const words = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const pascal = (name: string) => words(name).replace(/^./, (letter) => letter.toUpperCase());

/** Makes a new thing from its template under `root` and returns its path. Fails: throws a sentence for the person who typed the name; nothing is half made. */
export function makeNew(root: string, kindName: string, name: string): string {
  const kind = KINDS[kindName];
  if (!kind) throw new Error(`npm run new <${Object.keys(KINDS).join('|')}> <name>`);
  if (!NAME.test(name)) throw new Error('the name is kebab-case: a-z, 0-9 and -, e.g. rain-gauge');
  const path = join(kind.folder, kind.isFile ? kind.template.replace('_template', fileName(kindName, name)) : name);
  const target = join(root, path);
  if (existsSync(target)) throw new Error(`${path} exists already`);
  const staging = `${target}.new`;
  cpSync(join(root, kind.folder, kind.template), staging, { recursive: true });
  if (kind.isFile) rewrite(staging, name);
  else renameInside(staging, name);
  renameSync(staging, target);
  return path;
}

/** Code files are camelCase, data files and folders kebab-case. */
const fileName = (kind: string, name: string) => (kind === 'layer' ? words(name) : name);

function renameInside(path: string, name: string): void {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inside = join(path, entry.name.replace('_template', name));
    if (entry.name.includes('_template')) renameSync(join(path, entry.name), inside);
    if (entry.isDirectory()) renameInside(inside, name);
    else rewrite(inside, name);
  }
}

function rewrite(file: string, name: string): void {
  const text = readFileSync(file, 'utf8');
  const named = text.replaceAll('_template', name).replace(/\b(id: |name: ')template\b/g, `$1${name}`);
  writeFileSync(file, named.replaceAll('Template', pascal(name)).replaceAll('templateLayers', `${words(name)}Layers`));
}
