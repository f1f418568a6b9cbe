import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceFile } from './breaches.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Paths of the tree as git sees it: tracked and new files, not the ignored ones. */
export function pathsOfTree(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 26 });
  return listed.split('\0').filter((path) => path !== '' && statSync(join(ROOT, path), { throwIfNoEntry: false })?.isFile());
}

/** Code and text files with their contents. */
export function filesOfTree(pattern: RegExp): SourceFile[] {
  return pathsOfTree()
    .filter((path) => pattern.test(path))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}
