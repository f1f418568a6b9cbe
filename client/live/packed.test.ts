import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { unpacked } from './packed.ts';

const snapshot = [{ id: 'al-1', body: { title: 'Cháy chợ Hàn' } }];

test('a packed state is read as the plain one', async () => {
  expect(await unpacked({ epoch: 'e', head: 7, packed: gzipSync(JSON.stringify(snapshot)) })).toEqual({ epoch: 'e', head: 7, snapshot });
});

test('what came plain stays as it is', async () => {
  const plain = { epoch: 'e', head: 7, entries: [] };
  expect(await unpacked(plain)).toBe(plain);
});

test('bytes that are no state are refused', async () => {
  await expect(unpacked({ packed: new Uint8Array([1, 2, 3]) })).rejects.toThrow();
});
