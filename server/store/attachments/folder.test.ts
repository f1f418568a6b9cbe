import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createAttachmentFolder } from './folder.ts';

const base = mkdtempSync(join(tmpdir(), 'attachments-'));
afterAll(() => rmSync(base, { recursive: true }));
const newFolder = () => mkdtempSync(join(base, 'one-'));

const ID = `at-${'0a'.repeat(20)}`;
const picture = { id: ID, contentType: 'image/webp' as const, width: 1, height: 1, body: Uint8Array.from([1, 2, 3]) };

test('a picture is kept once and read back as it was', async () => {
  const folder = newFolder();
  const attachments = createAttachmentFolder(join(folder, 'new'));
  expect(await attachments.has(ID)).toBe(false);
  const kept = await Promise.all([attachments.keep(picture), attachments.keep(picture)]);
  expect(kept.every(({ ok }) => ok)).toBe(true);
  expect(readdirSync(join(folder, 'new'))).toEqual([`${ID}.webp`]);
  const read = await attachments.read(ID);
  expect(read.ok && [read.value.contentType, [...read.value.body]]).toEqual(['image/webp', [1, 2, 3]]);
});

test('a name that is no id reaches no file', async () => {
  const folder = newFolder();
  const attachments = createAttachmentFolder(folder);
  for (const id of ['../secret', '__proto__', '', `${ID}/..`]) expect(await attachments.read(id)).toMatchObject({ ok: false, fault: { code: 'NOT_FOUND' } });
  await expect(attachments.keep({ ...picture, id: '../secret' })).rejects.toThrow('no attachment id');
});

test('when nothing can be written, nothing was kept', async () => {
  const folder = newFolder();
  const attachments = createAttachmentFolder(join(folder, 'gone'));
  rmSync(join(folder, 'gone'), { recursive: true });
  expect(await attachments.keep(picture)).toMatchObject({ ok: false, fault: { code: 'STORE_UNAVAILABLE' } });
  expect(await attachments.has(ID)).toBe(false);
});
