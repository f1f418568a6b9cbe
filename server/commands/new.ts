import { cpSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../start/root.ts';

/** Where each kind of thing lives; a folder or file that starts with `_` is its living template. */
const KINDS: Record<string, { folder: string; template: string; isFile?: boolean }> = {
  feed: { folder: 'server/feeds', template: '_template' },
  service: { folder: 'server/services', template: '_template' },
  widget: { folder: 'client/widgets', template: '_template' },
  layer: { folder: 'client/map/layers', template: '_template.ts', isFile: true },
  layout: { folder: 'layouts/scenes', template: '_template.yaml', isFile: true },
  scenario: { folder: 'layouts/scenarios', template: '_template.yaml', isFile: true },
};

const pascal = (name: string) => name.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());

function renameInside(path: string, name: string): void {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inside = join(path, entry.name);
    if (entry.isDirectory()) renameInside(inside, name);
    else rewrite(inside, name);
  }
}

function rewrite(file: string, name: string): void {
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replaceAll('_template', name).replaceAll('Template', pascal(name)));
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

const [kindName = '', name = ''] = process.argv.slice(2);
const kind = KINDS[kindName] ?? fail(`npm run new <${Object.keys(KINDS).join('|')}> <name>`);
if (!/^[a-z][a-z0-9-]{1,40}$/.test(name)) fail('the name is kebab-case: a-z, 0-9 and -, e.g. rain-gauge');
const source = join(ROOT, kind.folder, kind.template);
if (!existsSync(source)) fail(`there is no template for ${kindName} yet: ${kind.folder}/${kind.template}`);
const target = join(ROOT, kind.folder, kind.isFile ? kind.template.replace('_template', name) : name);
if (existsSync(target)) fail(`${target.slice(ROOT.length + 1)} exists already`);
const staging = `${target}.new`;
cpSync(source, staging, { recursive: true });
if (kind.isFile) rewrite(staging, name);
else renameInside(staging, name);
renameSync(staging, target);
console.log(`${target.slice(ROOT.length + 1)}: sửa theo ý, rồi chạy npm test / edit it, then run npm test`);
