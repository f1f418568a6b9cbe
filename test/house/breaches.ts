import { posix } from 'node:path';
import { floorOf, floorsFor, islandOf, OWNED_LIBRARIES, REFUSED_NAMES } from './floors.ts';
import { importsOf, type Import } from './imports.ts';

/** A file of the tree by its path from the top. */
export interface SourceFile {
  path: string;
  text: string;
}

export interface Breach {
  path: string;
  rule: string;
  detail: string;
}

const isTest = (path: string) => /\.test\.ts$/.test(path) || path.includes('/testing/') || path.startsWith('test/');
const isCode = (path: string) => /\.(ts|svelte)$/.test(path);

function resolveTarget(path: string, target: string): string | undefined {
  if (target.startsWith('#contract/')) return `server/contract/${target.slice('#contract/'.length)}`;
  if (target.startsWith('.')) return posix.normalize(posix.join(posix.dirname(path), target)).replace(/\?.*$/, '');
  return undefined;
}

function checkImport(file: SourceFile, found: Import): string[] {
  const broken: string[] = [];
  const target = resolveTarget(file.path, found.target);
  const floors = floorsFor(file.path);
  if (target === undefined) {
    const owned = OWNED_LIBRARIES.find((row) => row.library.test(found.target));
    if (owned && !isTest(file.path) && !owned.owners.some((owner) => file.path.startsWith(owner))) broken.push('one library, one floor');
    if (file.path.startsWith('server/contract/') && !found.target.startsWith('typebox') && !isTest(file.path)) broken.push('the contract imports only the schema library');
    return broken;
  }
  if (!floors) return broken;
  const isSettings = /^client\/widgets\/[^/]+\/settings\.ts$/.test(target) && file.path === 'server/main.ts';
  if (file.path.startsWith('client/') && target.startsWith('server/') && !target.startsWith('server/contract/')) broken.push('the client imports nothing of the server but the contract');
  if (!file.path.startsWith('client/') && target.startsWith('client/') && !isSettings && !isTest(file.path)) broken.push('the server imports nothing of the client');
  const [from, to] = [floorOf(floors, file.path), floorOf(floors, target)];
  if (from && to && !isTest(file.path)) {
    const isLayoutOnContract = from.prefix === 'layouts/' || from.prefix === 'geo/' ? to.level === 0 : true;
    if (to.level > from.level || !isLayoutOnContract) broken.push('no floor imports upward');
    if (from.prefix === 'server/contract/' && to.prefix !== from.prefix) broken.push('the contract imports only the schema library');
    if (from === to && from.hasIslands && islandOf(from, file.path) !== islandOf(to, target)) broken.push('islands never import each other');
    if (from.level === to.level && from !== to && from.level >= 2) broken.push('rooms of one floor do not import each other');
  }
  if (!/\.[a-z]+$/.test(target) && isCode(file.path)) broken.push('imports carry their extension');
  return broken;
}

function cyclesOf(files: SourceFile[]): Breach[] {
  const known = new Set(files.map((file) => file.path));
  const edges = new Map(
    files.map((file) => [
      file.path,
      importsOf(file.path, file.text)
        .filter((found) => !found.isType)
        .map((found) => resolveTarget(file.path, found.target))
        .filter((target): target is string => target !== undefined && known.has(target)),
    ]),
  );
  const state = new Map<string, 'open' | 'done'>();
  const breaches: Breach[] = [];
  const visit = (path: string, trail: string[]) => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      breaches.push({ path, rule: 'no runtime cycles', detail: [...trail.slice(trail.indexOf(path)), path].join(' → ') });
      return;
    }
    state.set(path, 'open');
    for (const target of edges.get(path) ?? []) visit(target, [...trail, path]);
    state.set(path, 'done');
  };
  for (const path of edges.keys()) visit(path, []);
  return breaches;
}

const CODE_RULES: { rule: string; where: RegExp; pattern: RegExp }[] = [
  { rule: 'text stays text', where: /^client\/.*\.(svelte|ts)$/, pattern: /\{@html|setHTML\(|\.innerHTML\b/ },
  { rule: 'no static style attribute', where: /^client\/.*\.svelte$/, pattern: /<[a-z][^>]*\sstyle="[^"{]*"/ },
  { rule: 'nothing left open', where: /^(client|server|layouts|geo)\/.*\.(ts|svelte|sql)$/, pattern: /\b(TODO|FIXME|XXX|HACK)\b/ },
  { rule: 'the clock is passed in', where: /^server\/(domain|services|feeds|reports)\/.*\.ts$/, pattern: /\bDate\.now\(|\bnew Date\(\)/ },
  { rule: 'the random source is passed in', where: /^(server\/(domain|services|feeds|live|store)|client\/wall)\/.*\.ts$/, pattern: /\bMath\.random\(/ },
  { rule: 'no module-level state', where: /^(server|client)\/(?!.*\.test\.ts$).*\.ts$/, pattern: /^(let|var)\s/m },
  { rule: 'no skipped or lonely test', where: /\.test\.ts$/, pattern: /\b(describe|test|it)\.(only|skip|todo|fixme)\(/ },
  { rule: 'no sleep as proof', where: /\.test\.ts$/, pattern: /waitForTimeout\(/ },
  { rule: 'no mock of our own code', where: /\.test\.ts$/, pattern: /\bvi\.mock\(/ },
  { rule: 'only erasable TypeScript', where: /\.(ts|svelte)$/, pattern: /^\s*(export\s+)?(const\s+)?enum\s+\w+/m },
];

const DOCUMENTED = /^(server\/(contract|domain)|geo|layouts)\/.*\.ts$/;
const UNDOCUMENTED_EXPORT = /(?:^|\n)(?!\s*\*)([^\n]*)\nexport (?:async )?(?:function|class|const) (\w+)/g;

function checkDocs(file: SourceFile): Breach[] {
  if (!DOCUMENTED.test(file.path) || isTest(file.path) || /^geo\/import\//.test(file.path)) return [];
  return [...`\n${file.text}`.matchAll(UNDOCUMENTED_EXPORT)]
    .filter((match) => !/\*\/\s*$/.test(match[1]!) && /export (?:async )?function/.test(match[0]))
    .map((match) => ({ path: file.path, rule: 'exported functions of the ground floors say what they are for', detail: match[2]! }));
}

/** Every broken rule of a set of files. */
export function breachesOf(files: SourceFile[]): Breach[] {
  const breaches = cyclesOf(files.filter((file) => isCode(file.path) && !isTest(file.path)));
  for (const file of files) {
    const name = posix.basename(file.path);
    for (const part of file.path.split('/')) {
      if (REFUSED_NAMES.test(part) && !/^geo\/data\//.test(file.path)) breaches.push({ path: file.path, rule: 'names say what a thing is', detail: part });
    }
    if (!isCode(file.path)) continue;
    if (file.path.startsWith('server/') && /\.m?js$/.test(name) && file.path !== 'server/launch.mjs') breaches.push({ path: file.path, rule: 'the launcher is the only JavaScript', detail: name });
    for (const found of importsOf(file.path, file.text)) {
      for (const rule of checkImport(file, found)) breaches.push({ path: file.path, rule, detail: `line ${found.line}: ${found.target}` });
    }
    for (const row of CODE_RULES) {
      const hit = row.where.test(file.path) && !file.path.startsWith('test/house/') ? row.pattern.exec(file.text) : null;
      if (hit) breaches.push({ path: file.path, rule: row.rule, detail: hit[0].trim().slice(0, 80) });
    }
    breaches.push(...checkDocs(file));
  }
  return breaches;
}

/** Sizes of code files. Units: lines. */
export function sizesOf(files: SourceFile[]): { median: number; p95: number; longest: { path: string; lines: number } } {
  const sizes = files
    .filter((file) => isCode(file.path))
    .map((file) => ({ path: file.path, lines: file.text.split('\n').length }))
    .sort((a, b) => a.lines - b.lines);
  const at = (share: number) => sizes[Math.min(sizes.length - 1, Math.floor(sizes.length * share))]!;
  return { median: at(0.5).lines, p95: at(0.95).lines, longest: at(1) };
}
