import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { feature } from 'topojson-client';
import type { GeometryCollection } from 'topojson-specification';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ARCHIPELAGO_BOXES, ISLAND_UNITS } from './archipelagos.ts';
import { withoutIslands } from './import/landLayers.ts';
import { fromWorldPx, toWorldPx, TILE_SIZE_PX } from './mercator.ts';
import { boxAround, boxesMeet, isInBox, type Position } from './position.ts';
import { loadGeo } from './readData.ts';
import { createStyle } from './style/createStyle.ts';
import { readVectorTile, type TileLayers } from './vectorTile.ts';
import type { TileReader } from './tileReader.ts';

const FOREIGN = /paracel|spratly|south china sea|nansha|xisha|sansha|nine-dash|nam sa|tây sa|tam sa/i;
const HOANG_SA = 'Quần đảo Hoàng Sa (Việt Nam)';
const TRUONG_SA = 'Quần đảo Trường Sa (Việt Nam)';
const geo = loadGeo();
/** One step of the tile grid at zoom 6: how far rounding may move a corner. Units: degrees. */
const GRID = 0.0014;
let tiles: TileReader;

beforeAll(async () => void (tiles = await geo.tiles()));
afterAll(() => tiles.close());

async function layersAt(position: Position, z: number): Promise<TileLayers> {
  const [x, y] = toWorldPx(position, z).map((px) => Math.floor(px / TILE_SIZE_PX)) as [number, number];
  const tile = await tiles.getTile(z, x, y);
  return tile ? readVectorTile(tile.bytes) : {};
}

function placeOf([px, py]: readonly [number, number], [z, x, y]: readonly [number, number, number]): Position {
  return fromWorldPx([(x + px / 4096) * TILE_SIZE_PX, (y + py / 4096) * TILE_SIZE_PX], z);
}

const values = (layers: TileLayers, layer: string, tag: string): unknown[] => (layers[layer]?.features ?? []).map(({ tags }) => tags[tag]);

describe('the islands and the sea', () => {
  it.each([4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14])('both archipelagos are drawn at zoom %d', async (z) => {
    expect(values(await layersAt([112.241517, 15.693999], z), 'islands', 'group')).toContain(HOANG_SA);
    expect(values(await layersAt([114.86567, 7.196304], z), 'islands', 'group')).toContain(TRUONG_SA);
  });

  it.each([4, 6, 9, 12, 14])('their labels and Biển Đông are in the tiles at zoom %d', async (z) => {
    expect(values(await layersAt([112.1, 16.35], z), 'place', 'name')).toContain(HOANG_SA);
    expect(values(await layersAt([114.2, 9.7], z), 'place', 'name')).toContain(TRUONG_SA);
    expect(values(await layersAt([112.6, 13.4], z), 'place', 'name')).toContain('Biển Đông');
  });

  it.each(['vi', 'en'] as const)('the %s style draws islands and labels from zoom 4 at the latest, with Vietnamese names', (lang) => {
    const { layers } = createStyle({ tilesUrl: 'http://x/t', fontsUrl: 'http://x/f', lang });
    for (const id of ['islands', 'label-sea', 'label-archipelago']) {
      const layer = layers.find((candidate) => candidate.id === id);
      expect(layer?.minzoom).toBeLessThanOrEqual(4);
      expect(layer?.maxzoom).toBeUndefined();
    }
    expect(layers.find(({ id }) => id === 'label-archipelago')?.layout).toMatchObject({ 'text-allow-overlap': true });
  });

  it('no archipelago and no sea carries a second name', () => {
    const labels = JSON.parse(readFileSync(fileURLToPath(new URL('./import/labels.json', import.meta.url)), 'utf8')) as { class: string; nameEn?: string }[];
    expect(labels.filter((label) => ['archipelago', 'sea', 'gulf'].includes(label.class) && label.nameEn)).toEqual([]);
  });
});

describe('what must not be there', () => {
  it('no foreign name in any file of data, style, units and labels', () => {
    const root = fileURLToPath(new URL('.', import.meta.url));
    const found = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(json|ts|md)$/.test(path) && !path.endsWith('sovereignty.test.ts'))
      .filter((path) => FOREIGN.test(readFileSync(`${root}/${path}`, 'utf8').normalize('NFC').replace(/Nam Sa\w/gi, '')));
    expect(found).toEqual([]);
  });

  it('no foreign name in any tile, and no land but our islands inside the boxes', async () => {
    const addresses = await tiles.addresses();
    const named: string[] = [];
    for (const [z, x, y] of addresses) {
      const tile = await tiles.getTile(z, x, y);
      const layers = readVectorTile(tile?.bytes ?? new Uint8Array());
      const text = Object.values(layers).flatMap(({ features }) => features.map(({ tags }) => JSON.stringify(tags))).join();
      if (FOREIGN.test(text.replace(/Nam Sa\w/gi, ''))) named.push(`${z}/${x}/${y}`);
    }
    expect(addresses.length).toBeGreaterThan(1500);
    expect(named).toEqual([]);
  });

  it('foreign islands inside the boxes are left out, land outside stays', () => {
    const ring = (lon: number, lat: number): number[][] => [[lon, lat], [lon + 0.1, lat], [lon + 0.1, lat + 0.1], [lon, lat]];
    const land = { type: 'MultiPolygon' as const, coordinates: [[ring(112, 16.5)], [ring(114, 10)], [ring(108, 16)], [ring(110.85, 16)]] };
    expect(withoutIslands(land).map(({ coordinates }) => coordinates[0]?.[0])).toEqual([[108, 16], [110.85, 16]]);
  });

  it('inside the boxes the tiles hold no land but our own islands', async () => {
    const topology = geo.provinces();
    const { features } = feature(topology, topology.objects.units as GeometryCollection);
    const own = features.flatMap(({ geometry }) => (geometry.type === 'MultiPolygon' ? geometry.coordinates : geometry.type === 'Polygon' ? [geometry.coordinates] : []).map(([ring = []]) => boxAround(ring)));
    const strays: string[] = [];
    for (const [z, x, y] of (await tiles.addresses()).filter(([zoom]) => zoom <= 9)) {
      const { land } = readVectorTile((await tiles.getTile(z, x, y))?.bytes ?? new Uint8Array());
      for (const piece of land?.features ?? []) {
        for (const ring of piece.type === 3 ? piece.geometry : []) {
          const box = boxAround(ring.map((point) => placeOf(point, [z, x, y])));
          const isInside = ARCHIPELAGO_BOXES.some((sea) => isInBox(sea, [box[0], box[1]]) && isInBox(sea, [box[2], box[3]]));
          if (isInside && !own.some(([west, south, east, north]) => boxesMeet([west - GRID, south - GRID, east + GRID, north + GRID], box))) strays.push(`${z}/${x}/${y} ${box}`);
        }
      }
    }
    expect(strays).toEqual([]);
  });
});

it('Hoàng Sa is one of the 94 units of Đà Nẵng, Trường Sa belongs to Khánh Hòa', () => {
  const units = geo.units();
  expect(units.filter(({ parent }) => parent === '48')).toHaveLength(94);
  expect(units.find(({ code }) => code === ISLAND_UNITS.hoangSa)).toMatchObject({ name: 'Hoàng Sa', kind: 'specialZone', parent: '48' });
  const truongSa = units.find(({ code }) => code === ISLAND_UNITS.truongSa);
  expect(units.find(({ code }) => code === truongSa?.parent)?.name).toBe('Khánh Hòa');
  expect(geo.wardIndex().wards.map(({ code }) => code)).toContain(ISLAND_UNITS.hoangSa);
});
