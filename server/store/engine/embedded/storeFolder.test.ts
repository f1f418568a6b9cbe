import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSilentLog } from '../../../kernel/log.ts';
import { ensureStoreFolder } from './storeFolder.ts';

let work: string;
let made: number;
const make = async (folder: string) => {
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
  for (const data of ['a', 'b', 'a']) expect(existsSync(join(await ensure(data, template), 'PG_VERSION'))).toBe(true);
  expect(made).toBe(1);
  expect(readdirSync(template)).toHaveLength(1);
});

test('where no template can be kept, as beside the code of an installed service, the store is made all the same', async () => {
  const file = join(work, 'app');
  writeFileSync(file, '');
  expect(existsSync(join(await ensure('a', join(file, 'template')), 'PG_VERSION'))).toBe(true);
  expect(made).toBe(1);
});
