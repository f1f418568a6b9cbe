import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { PbfWriter } from 'pbf';
import { afterAll, describe, expect, it } from 'vitest';
import { loadGeo } from '../readData.ts';
import { readVectorTile } from '../vectorTile.ts';
import { GeoFault } from './fault.ts';
import { importGeo } from './import.ts';

const folder = mkdtempSync(join(tmpdir(), 'geo-import-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);

/** A square of two streets, a lake in two half rings with an island, a house and a school, in Buôn Ma Thuột. */
const NODES = [[0, 0], [10, 0], [20, 0], [10, 10], [30, 30], [50, 30], [50, 50], [30, 50], [38, 38], [42, 38], [42, 42], [38, 42], [5, 5], [6, 5], [6, 6]];
const STRINGS = ['', 'highway', 'primary', 'name', 'Đường Một', 'residential', 'Đường Hai', 'oneway', 'yes', 'type', 'multipolygon', 'natural', 'water', 'outer', 'inner', 'building', 'amenity', 'school', 'Trường Mẫu', 'phone', '0900000000', 'building:levels', '4'];
const word = (text: string): number => STRINGS.indexOf(text);
const tagsOf = (tags: Record<string, string>): [number[], number[]] => [Object.keys(tags).map(word), Object.values(tags).map(word)];
const deltas = (values: number[]): number[] => values.map((value, i) => value - (values[i - 1] ?? 0));

function way(id: number, refs: number[], tags: Record<string, string>) {
  const [keys, values] = tagsOf(tags);
  return (_: unknown, pbf: PbfWriter): void => {
    pbf.writeVarintField(1, id);
    pbf.writePackedVarint(2, keys);
    pbf.writePackedVarint(3, values);
    pbf.writePackedSVarint(8, deltas(refs));
  };
}

function primitiveBlock(): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeMessage(1, (_, table) => STRINGS.forEach((text) => table.writeStringField(1, text)), null);
  const group = (write: (pbf: PbfWriter) => void): void => pbf.writeMessage(2, (_, inner) => write(inner), null);
  group((inner) =>
    inner.writeMessage(2, (_, dense) => {
      dense.writePackedSVarint(1, deltas(NODES.map((__, i) => i + 1)));
      dense.writePackedSVarint(8, deltas(NODES.map(([, y = 0]) => 126_800_000 + y * 1000)));
      dense.writePackedSVarint(9, deltas(NODES.map(([x = 0]) => 1_080_500_000 + x * 1000)));
      const school = [word('amenity'), word('school'), word('name'), word('Trường Mẫu'), word('phone'), word('0900000000')];
      dense.writePackedVarint(10, NODES.flatMap((__, i) => (i === 0 ? [...school, 0] : [0])));
    }, null));
  group((inner) => {
    const ways = [
      way(100, [1, 2, 3], { highway: 'primary', name: 'Đường Một', oneway: 'yes' }),
      way(101, [2, 4], { highway: 'primary', name: 'Đường Hai' }),
      way(102, [5, 6, 7], {}),
      way(103, [5, 8, 7], {}),
      way(104, [9, 10, 11, 12, 9], {}),
      way(105, [13, 14, 15, 13], { building: 'yes', 'building:levels': '4' }),
    ];
    for (const write of ways) inner.writeMessage(3, write, null);
  });
  group((inner) =>
    inner.writeMessage(4, (_, relation) => {
      const [keys, values] = tagsOf({ type: 'multipolygon', natural: 'water' });
      relation.writeVarintField(1, 200);
      relation.writePackedVarint(2, keys);
      relation.writePackedVarint(3, values);
      relation.writePackedVarint(8, [word('outer'), word('outer'), word('inner')]);
      relation.writePackedSVarint(9, deltas([102, 103, 104]));
      relation.writePackedVarint(10, [1, 1, 1]);
    }, null));
  return pbf.finish();
}

function fileBlock(type: string, content: Uint8Array): Buffer {
  const blob = new PbfWriter();
  blob.writeVarintField(2, content.length);
  blob.writeBytesField(3, deflateSync(content));
  const body = blob.finish();
  const header = new PbfWriter();
  header.writeStringField(1, type);
  header.writeVarintField(3, body.length);
  const head = header.finish();
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  return Buffer.concat([length, head, body]);
}

function extract(feature = 'DenseNodes'): Buffer {
  const header = new PbfWriter();
  header.writeStringField(4, 'OsmSchema-V0.6');
  header.writeStringField(4, feature);
  return Buffer.concat([fileBlock('OSMHeader', header.finish()), fileBlock('OSMData', primitiveBlock())]);
}

const hashes = (path: string): Record<string, string> => Object.fromEntries(readdirSync(path).sort().map((name) => [name, createHash('sha256').update(readFileSync(join(path, name))).digest('hex')]));
const faultOf = async (work: Promise<unknown>): Promise<string> => work.then(() => 'none', (cause: unknown) => (cause instanceof GeoFault ? cause.code : String(cause)));

describe('a customer extract', () => {
  it('becomes streets, places, houses and tiles, the same to the byte each time', async () => {
    writeFileSync(at('town.osm.pbf'), extract());
    const said: string[] = [];
    await importGeo(at('town.osm.pbf'), at('one'), (line) => said.push(line));
    await importGeo(at('town.osm.pbf'), at('two'));
    expect(hashes(at('one'))).toEqual(hashes(at('two')));
    expect(said.some((line) => line.startsWith('tiles 100'))).toBe(true);

    const geo = loadGeo(at('one'));
    expect(geo.roads().segments.map(({ id, name, isOneway }) => [id, name, isOneway])).toEqual([['w100.0', 'Đường Một', true], ['w100.1', 'Đường Một', true], ['w101.0', 'Đường Hai', false]]);
    expect(geo.junctions()).toMatchObject([{ name: 'Nút Hai – Một', ward: '24133' }]);
    expect(geo.places()).toMatchObject([{ name: 'Trường Mẫu', class: 'school', ward: '24133' }]);
    expect(geo.buildings()).toMatchObject([{ id: 'w105', heightM: 13.2 }]);
    for (const name of readdirSync(at('one')).filter((file) => file.endsWith('.json'))) expect(readFileSync(join(at('one'), name), 'utf8')).not.toContain('0900000000');

    const tiles = await geo.tiles();
    const layers = readVectorTile((await tiles.getTile(14, 13109, 7610))?.bytes ?? new Uint8Array());
    const north = readVectorTile((await tiles.getTile(14, 13109, 7609))?.bytes ?? new Uint8Array());
    await tiles.close();
    expect(layers.road?.features.map(({ tags }) => tags.name)).toContain('Đường Hai');
    expect(north.water?.features[0]).toMatchObject({ type: 3 });
    expect(north.water?.features[0]?.geometry).toHaveLength(2);
    expect(layers.ward?.features.map(({ tags }) => tags.name)).toContain('Buôn Ma Thuột');
  });

  it.each([
    ['cut', () => extract().subarray(0, -20), 'GEO_FILE_TRUNCATED'],
    ['cut inside a length', () => extract().subarray(0, 2), 'GEO_FILE_TRUNCATED'],
    ['empty', () => Buffer.alloc(0), 'GEO_FILE_EMPTY'],
    ['not an extract', () => Buffer.from('<html>not found</html>'.repeat(9)), 'GEO_FILE_BROKEN'],
    ['in need of what we cannot read', () => extract('LocationsOnWays'), 'GEO_FILE_BROKEN'],
    ['scrambled', () => { const bytes = extract(); bytes.fill(0x55, bytes.length - 60, bytes.length - 10); return bytes; }, 'GEO_FILE_BROKEN'],
  ])('that is %s is refused and writes nothing', async (_, bytes, code) => {
    writeFileSync(at('bad.osm.pbf'), bytes());
    expect(await faultOf(importGeo(at('bad.osm.pbf'), at('bad')))).toBe(code);
    expect(existsSync(at('bad'))).toBe(false);
  });

  it('that is not there or not known is refused', async () => {
    expect(await faultOf(importGeo(at('none.osm.pbf'), at('bad')))).toBe('GEO_FILE_MISSING');
    expect(await faultOf(importGeo(at('none.geojson'), at('bad')))).toBe('GEO_FILE_MISSING');
    expect(await faultOf(importGeo(at('map.shp'), at('bad')))).toBe('GEO_FILE_UNKNOWN');
  });
});

describe('customer boundaries', () => {
  const square = { type: 'Polygon', coordinates: [[[108.2, 16.05], [108.24, 16.05], [108.24, 16.09], [108.2, 16.09], [108.2, 16.05]]] };
  const collection = (properties: object, geometry: object = square): string => JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties, geometry }] });

  it('take the place of the shipped shape of that unit; the others keep theirs', async () => {
    writeFileSync(at('units.geojson'), collection({ ma: '20242' }));
    await importGeo(at('units.geojson'), at('units'));
    const geo = loadGeo(at('units'));
    expect(geo.wardIndex().wardAt([108.205, 16.052])?.code).toBe('20242');
    expect(geo.wardIndex().wards.filter(({ code }) => code < '21005')).toHaveLength(94);
    const tiles = await geo.tiles();
    const wards = readVectorTile((await tiles.getTile(12, 3279, 1862))?.bytes ?? new Uint8Array()).ward?.features ?? [];
    await tiles.close();
    expect(wards.filter(({ id }) => id === 20242)).toHaveLength(1);
  });

  it.each([
    ['an unknown code', collection({ code: '99999' }), 'GEO_UNIT_UNKNOWN'],
    ['no code', collection({}), 'GEO_UNIT_UNKNOWN'],
    ['no areas', collection({ code: '20242' }, { type: 'Point', coordinates: [108, 16] }), 'GEO_FILE_EMPTY'],
    ['positions that are none', collection({ code: '20242' }, { type: 'Polygon', coordinates: [[[0, 0], [1, 'x'], [999, 1], [0, 0]]] }), 'GEO_FILE_BROKEN'],
    ['half a file', collection({ code: '20242' }).slice(0, 90), 'GEO_FILE_BROKEN'],
  ])('with %s are refused', async (_, text, code) => {
    writeFileSync(at('bad.geojson'), text);
    expect(await faultOf(importGeo(at('bad.geojson'), at('bad')))).toBe(code);
    expect(existsSync(at('bad'))).toBe(false);
  });
});
