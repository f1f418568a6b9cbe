import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { feature } from 'topojson-client';
import type { GeometryCollection } from 'topojson-specification';
import { boxAround } from '../position.ts';
import { loadGeo, type WARD_FILES, type GeoData } from '../readData.ts';
import { buildBuildings, buildPlaces, findJunctions } from './cityFiles.ts';
import { GeoFault } from './fault.ts';
import { mergeTiles } from './mergeTiles.ts';
import { readOsmFeatures } from './osmFeatures.ts';
import { readOwnUnits, toTopology, type OwnUnit } from './ownUnits.ts';
import { buildRoadGraph } from './roadGraph.ts';
import { streetLayers } from './streetLayers.ts';
import { mark } from './tileset.ts';
import { createWriter, rowsJson } from './writeFiles.ts';

const STREET_LAYERS = new Set(['landuse', 'building', 'road', 'poi', 'signal']);
const WARD_PROVINCES: Readonly<Record<string, (typeof WARD_FILES)[number]>> = { '48': 'da-nang', '51': 'quang-ngai', '66': 'dak-lak' };

/**
 * Takes in a customer's own data: streets from `.osm.pbf`, unit boundaries from GeoJSON.
 * What is written takes the place of the product's files of the same name; nothing is written when the file is refused.
 * Fails: throws `GeoFault` with a code and a sentence for the operator.
 */
export async function importGeo(file: string, ownFolder: string, say: (line: string) => void = () => {}): Promise<void> {
  const geo = loadGeo(ownFolder);
  if (file.endsWith('.pbf')) return importStreets(file, ownFolder, geo, say);
  if (/\.(geo)?json$/.test(file)) return importUnits(file, ownFolder, geo, say);
  throw new GeoFault('GEO_FILE_UNKNOWN', `Không biết cách đọc ${basename(file)}: cần .osm.pbf hoặc .geojson`);
}

async function importStreets(file: string, ownFolder: string, geo: GeoData, say: (line: string) => void): Promise<void> {
  const osm = await readOsmFeatures(file, everyTenth(say));
  const graph = buildRoadGraph(osm);
  const index = geo.wardIndex();
  const box = boxAround([...graph.nodes, ...osm.pois.map(({ geometry }) => geometry.coordinates)]);
  const report = everyTenth(say);
  const hasWater = osm.water.length > 0;
  const base = await geo.tiles();
  const basemap = await mergeTiles(
    base,
    streetLayers(osm, graph),
    [{ zooms: [9, 14], box }],
    (layer, { tags }) => STREET_LAYERS.has(layer) || (hasWater && layer === 'water' && tags.approx === 1),
    (done, total) => report('tiles', done / total),
  ).finally(() => base.close());
  const writer = createWriter(ownFolder);
  writer.text('roads.json', rowsJson(graph));
  writer.text('places.json', rowsJson({ places: buildPlaces(osm, graph, index) }));
  writer.text('junctions.json', rowsJson({ junctions: findJunctions(graph, index) }));
  writer.text('buildings.json', rowsJson({ buildings: buildBuildings(osm) }));
  writer.bytes('basemap.pmtiles', basemap);
  record(writer, file, 'streets');
  for (const { path, bytes } of writer.written()) say(`${path}: ${bytes} byte`);
}

async function importUnits(file: string, ownFolder: string, geo: GeoData, say: (line: string) => void): Promise<void> {
  const areas = readOwnUnits(readText(file), geo.units());
  const codes = new Set(areas.map(({ unit }) => unit.code));
  const provinces = new Set(areas.map(({ unit }) => unit.parent ?? unit.code));
  const report = everyTenth(say);
  const base = await geo.tiles();
  const features = areas.map(({ unit, geometry }) => mark(geometry, { code: unit.code, name: unit.name, kind: unit.kind, province: unit.parent }, Number(unit.code)));
  const all = [...provinces].flatMap((province) => [...areas.filter(({ unit }) => unit.parent === province), ...remaining(province, codes, geo)]);
  const borders = all.map(({ unit, geometry }) => mark(geometry.type === 'Polygon' ? { type: 'MultiLineString', coordinates: geometry.coordinates } : { type: 'MultiLineString', coordinates: geometry.coordinates.flat() }, { level: 6, province: unit.parent }));
  const basemap = await mergeTiles(
    base,
    [
      { layer: 'land', zooms: [8, 14], tolerance: 2, features: areas.map(({ geometry }) => mark(geometry)) },
      { layer: 'ward', zooms: [8, 14], tolerance: 2, features },
      { layer: 'boundary', zooms: [8, 14], tolerance: 2, features: borders },
    ],
    [{ zooms: [8, 12], box: boxAround(areas.flatMap(({ geometry }) => (geometry.type === 'Polygon' ? geometry.coordinates.flat() : geometry.coordinates.flat(2)))) }],
    (layer, { tags }) => (layer === 'ward' && codes.has(String(tags.code))) || (layer === 'boundary' && tags.level === 6 && provinces.has(String(tags.province))),
    (done, total) => report('tiles', done / total),
  ).finally(() => base.close());
  const writer = createWriter(ownFolder);
  for (const province of provinces) {
    const slug = WARD_PROVINCES[province];
    if (slug) writer.text(`wards.${slug}.json`, `${JSON.stringify(toTopology(all.filter(({ unit }) => unit.parent === province)))}\n`);
  }
  writer.bytes('basemap.pmtiles', basemap);
  record(writer, file, 'units');
  for (const { path, bytes } of writer.written()) say(`${path}: ${bytes} byte`);
}

/** Units of a province that the customer's file does not draw keep the shape they had. */
function remaining(province: string, codes: ReadonlySet<string>, geo: GeoData): OwnUnit[] {
  const slug = WARD_PROVINCES[province];
  if (!slug) return [];
  const topology = geo.wards(slug);
  const { features } = feature(topology, topology.objects.units as GeometryCollection<{ code: string }>);
  return features.flatMap(({ geometry, properties }) => {
    const unit = codes.has(properties.code) ? undefined : geo.units().find(({ code }) => code === properties.code);
    return unit ? [{ unit, geometry: geometry as OwnUnit['geometry'] }] : [];
  });
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').normalize('NFC');
  } catch (cause) {
    throw new GeoFault('GEO_FILE_MISSING', `Không mở được tệp ${file} (${(cause as NodeJS.ErrnoException).code})`);
  }
}

function record(writer: ReturnType<typeof createWriter>, file: string, what: string): void {
  writer.text(`import.${what}.json`, `${JSON.stringify({ from: basename(file), files: writer.written() }, null, 2)}\n`);
}

function everyTenth(say: (line: string) => void): (step: string, share: number) => void {
  let last = '';
  return (step, share) => {
    const line = `${step} ${Math.floor(share * 10) * 10} %`;
    if (line !== last) say((last = line));
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file] = process.argv.slice(2);
  const ownFolder = join(resolve(process.env.IOC_DATA ?? '.data'), 'geo');
  const work = file ? importGeo(resolve(file), ownFolder, (line) => console.log(line)) : Promise.reject(new GeoFault('GEO_FILE_MISSING', 'Cách dùng: npm run geo:import <tệp .osm.pbf hoặc .geojson>'));
  await work.catch((cause: unknown) => {
    if (!(cause instanceof GeoFault)) throw cause;
    console.error(`${cause.code}: ${cause.message}`);
    process.exitCode = 1;
  });
}
