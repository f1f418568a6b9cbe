import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PMTiles, type Source } from 'pmtiles';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writePmtiles } from './import/pmtilesWriter.ts';
import { cutTiles, mark } from './import/tileset.ts';
import { loadGeo } from './readData.ts';
import { createTileReader, type TileReader } from './tileReader.ts';
import { readVectorTile } from './vectorTile.ts';

const path = loadGeo().pathOf('basemap.pmtiles');
let reader: TileReader;
beforeAll(async () => void (reader = await createTileReader(path)));
afterAll(() => reader.close());

const file = readFileSync(path);
const source: Source = {
  getKey: () => path,
  getBytes: async (offset, length) => ({ data: file.buffer.slice(file.byteOffset + offset, file.byteOffset + offset + length) as ArrayBuffer }),
};

describe('the shipped archive', () => {
  it('reads the same tiles as the reference reader', async () => {
    const reference = new PMTiles(source);
    for (const [z, x, y] of (await reader.addresses()).filter((_, i) => i % 97 === 0)) {
      const theirs = await reference.getZxy(z, x, y);
      const ours = await reader.getTile(z, x, y);
      expect(Buffer.compare(new Uint8Array(theirs?.data ?? new ArrayBuffer()), gunzipSync(ours?.bytes ?? new Uint8Array()))).toBe(0);
    }
  });

  it('has a steady etag and holds a street of the centre', async () => {
    const [first, second] = [await reader.getTile(14, 13117, 7453), await reader.getTile(14, 13117, 7453)];
    expect(first?.etag).toMatch(/^"[\w-]{27}"$/);
    expect(second?.etag).toBe(first?.etag);
    expect(readVectorTile(first?.bytes ?? new Uint8Array()).road?.features.length).toBeGreaterThan(5);
  });

  it('magnifies where the archive stops, keeping codes as feature ids', async () => {
    const deep = await reader.getTile(14, 13110, 7606);
    const wards = readVectorTile(deep?.bytes ?? new Uint8Array()).ward?.features ?? [];
    expect(wards.length).toBeGreaterThan(0);
    for (const { id, tags } of wards) expect(String(id)).toBe(tags.code);
  });

  it.each([[-1, 0, 0], [3, 8, 0], [3, 0, 8], [2.5, 0, 0], [25, 0, 0], [Number.NaN, 0, 0]])('has nothing at %d/%d/%d', async (z, x, y) => {
    expect(await reader.getTile(z, x, y)).toBeUndefined();
  });
});

describe('an archive of our own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'geo-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const square = mark({ type: 'Polygon', coordinates: [[[107, 15], [109, 15], [109, 17], [107, 17], [107, 15]]] }, { class: 'x' }, 7);
  const build = (): Uint8Array => writePmtiles(cutTiles([{ layer: 'land', zooms: [0, 9], features: [square] }], [{ zooms: [0, 9], box: [106, 14, 110, 18] }]), { name: 'x' }, [106, 14, 110, 18], [108, 16, 8]);

  it('is the same to the byte each time', () => expect(Buffer.compare(build(), build())).toBe(0));

  it('stores equal tiles once and is read back', async () => {
    writeFileSync(join(folder, 'own.pmtiles'), build());
    const own = await createTileReader(join(folder, 'own.pmtiles'));
    const inner = await own.getTile(9, 409, 232);
    expect(readVectorTile(inner?.bytes ?? new Uint8Array()).land?.features[0]).toMatchObject({ id: 7, tags: { class: 'x' } });
    expect((await own.addresses()).length).toBeGreaterThan(20);
    expect(build().length).toBeLessThan(6000);
    await own.close();
  });

  it('splits a big directory into leaves that are read back', async () => {
    const tiles = Array.from({ length: 9000 }, (_, i) => ({ z: 12, x: (i * 37) % 4096, y: (i * 101) % 4096, bytes: Buffer.from(`tile ${i}`) }));
    const unique = [...new Map(tiles.map((tile) => [`${tile.x}/${tile.y}`, tile])).values()];
    writeFileSync(join(folder, 'big.pmtiles'), writePmtiles(unique, {}, [106, 14, 110, 18], [108, 16, 8]));
    const big = await createTileReader(join(folder, 'big.pmtiles'));
    for (const tile of unique.filter((_, i) => i % 500 === 0)) expect(Buffer.from((await big.getTile(12, tile.x, tile.y))?.bytes ?? []).toString()).toBe(tile.bytes.toString());
    expect(await big.addresses()).toHaveLength(unique.length);
    await big.close();
  });

  it('refuses a cut archive and a missing one', async () => {
    writeFileSync(join(folder, 'cut.pmtiles'), build().subarray(0, 140));
    await expect(createTileReader(join(folder, 'cut.pmtiles'))).rejects.toThrow(/ends before/);
    await expect(createTileReader(join(folder, 'none.pmtiles'))).rejects.toThrow(/ENOENT/);
  });
});
