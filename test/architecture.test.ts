import { expect, test } from 'vitest';
import { breachesOf, sizesOf } from './house/breaches.ts';
import { PLANTED } from './house/planted.ts';
import { filesOfTree, pathsOfTree } from './house/tree.ts';

const CODE = /^(client|server|layouts|geo)\/.*\.(ts|svelte|mjs|sql)$/;
const TOP_LEVEL = new Set(['client', 'server', 'layouts', 'geo', 'test', 'docs', '.ci', 'package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts', 'README.md', 'SECURITY.md', 'LICENSE', 'NOTICE.md', 'eslint.config.js', '.gitignore', '.npmrc', '.editorconfig']);

test.each(PLANTED.map((plant) => [plant.rule, plant] as const))('a planted breach is named: %s', (rule, plant) => {
  expect(breachesOf(plant.files).map((breach) => breach.rule)).toContain(rule);
});

test('the house keeps its own rules', () => {
  expect(breachesOf(filesOfTree(CODE)).map((breach) => `${breach.path}: ${breach.rule} (${breach.detail})`)).toEqual([]);
});

test('nothing but the card stands at the top level', () => {
  const tops = new Set(pathsOfTree().map((path) => path.split('/')[0]!));
  expect([...tops].filter((name) => !TOP_LEVEL.has(name))).toEqual([]);
});

test('files stay near ninety lines', () => {
  const sizes = sizesOf(filesOfTree(CODE));
  expect(sizes.median).toBeLessThanOrEqual(90);
  expect(sizes.p95).toBeLessThanOrEqual(300);
  expect(sizes.longest, sizes.longest.path).toMatchObject({ lines: expect.toSatisfy((lines: number) => lines <= 400) });
});

/** Keys that a flat file of texts names more than once: the last would silently win. */
const repeatedKeys = (text: string): string[] => {
  const keys = [...text.matchAll(/"((?:[^"\\]|\\.)*)"\s*:/g)].map(([, key]) => key!);
  return keys.filter((key, place) => keys.indexOf(key) !== place);
};

test('no text of a screen has a name that another has', () => {
  expect(repeatedKeys('{ "a": "x: \\"b\\": y", "b": "", "a": "" }')).toEqual(['a']);
  const flat = filesOfTree(/^client\/.*\.(vi|en)\.json$/).filter(({ text }) => Object.values(JSON.parse(text) as object).every((value) => typeof value === 'string'));
  expect(flat.flatMap(({ path, text }) => repeatedKeys(text).map((key) => `${path}: ${key}`))).toEqual([]);
  expect(flat.length).toBeGreaterThan(20);
});

test('the lock file records no download addresses', () => {
  const lock = filesOfTree(/^package-lock\.json$/)[0]!.text;
  expect(lock).not.toMatch(/"resolved":\s*"http/);
});
