import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { codePaths } from '../../server/start/bundle/contents.ts';
import { layRelease } from '../../server/start/bundle/makeBundle.ts';
import { ROOT } from '../house/tree.ts';

const LEFT = /(^|\/)(dist|\.data)(\/|$)/;

/** The product's tree again under another version, with a word and a rule of style of the wall's page changed, so that its pages are another build. */
export function nextTree(folder: string, version: string): string {
  mkdirSync(folder, { recursive: true });
  for (const path of codePaths(ROOT)) cpSync(join(ROOT, path), join(folder, path), { recursive: true, filter: (from) => !LEFT.test(relative(ROOT, from)) });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as object;
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, version }, null, 2));
  const words = join(folder, 'client/screens/wall/text.vi.json');
  writeFileSync(words, JSON.stringify({ ...(JSON.parse(readFileSync(words, 'utf8')) as object), opening: `Đang mở bản ${version}` }));
  const screen = join(folder, 'client/screens/wall/Wall.svelte');
  writeFileSync(screen, readFileSync(screen, 'utf8').replace('<style>', `<style>\n  :global(html) { --release: '${version}'; }`));
  return folder;
}

/** Two releases as an administrator has them unpacked, made one after the other. Returns the folders with their `install.sh`. */
export async function makeTwoReleases(folder: string, say: (text: string) => void): Promise<{ first: string; second: string }> {
  const laid = async (root: string, name: string) => (await layRelease(root, join(folder, name), Date.now(), say)).folder;
  return { first: await laid(ROOT, 'first'), second: await laid(nextTree(join(folder, 'tree'), '0.2.0'), 'second') };
}
