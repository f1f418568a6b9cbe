import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSilentLog } from '../../../kernel/log.ts';
import { ensureStoreFolder } from './storeFolder.ts';
import { namesIn } from './tar.ts';
import type { WorkerStart } from './thread.ts';

let work: string;
let made: number;
const make = async ({ folder }: WorkerStart) => {
  made++;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'PG_VERSION'), '17');
};
const ensure = (data: string, template: string) => ensureStoreFolder(join(work, data), template, createSilentLog(), make);

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'tc-folder-'));
  made = 0;
});
afterEach(() => rmSync(work, { recursive: true, force: true }));

test('a second store is a copy of the template, a store that is there stays', async () => {
  const template = join(work, 'template');
  for (const data of ['a', 'b', 'a']) expect(existsSync(join((await ensure(data, template)).folder, 'PG_VERSION'))).toBe(true);
  expect(made).toBe(1);
  expect(readdirSync(template)).toHaveLength(2);
});

test('where no template can be kept, as beside the code of an installed service, the store is made all the same', async () => {
  const file = join(work, 'app');
  writeFileSync(file, '');
  const { folder, postgis } = await ensure('a', join(file, 'template'));
  expect([existsSync(join(folder, 'PG_VERSION')), postgis, made]).toEqual([true, undefined, 1]);
});

test('the part of PostGIS that is used is packed once, without what no start needs', async () => {
  const template = join(work, 'template');
  const [first, again] = [await ensure('a', template), await ensure('b', template)];
  expect(again.postgis).toBe(first.postgis);
  const tar = gunzipSync(readFileSync(first.postgis!));
  const names = namesIn(tar);
  expect(names.filter((name) => name.endsWith('.so'))).toEqual(['lib/postgresql/postgis-3.so']);
  expect(names).toEqual(expect.arrayContaining(['share/proj/proj.db', 'share/postgresql/extension/postgis.control', expect.stringMatching(/extension\/postgis--[\d.]+\.sql$/)]));
  expect(names.length).toBeLessThan(30);
  expect(() => namesIn(tar.subarray(0, 2000))).toThrow('cut off');
});
