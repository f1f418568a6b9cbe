import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Topology } from 'topojson-specification';
import { createWardIndex } from '../inside.ts';
import { buildBasemap } from './basemap.ts';
import { buildBuildings, buildJunctions, buildPlaces } from './cityFiles.ts';
import { GeoFault } from './fault.ts';
import { readOsmFeatures } from './osmFeatures.ts';
import { provenance } from './provenance.ts';
import { buildRoadGraph } from './roadGraph.ts';
import { DRAWN_PROVINCES, openSources } from './sources.ts';
import { areasOf, slimTopology } from './topologies.ts';
import { buildGroups, buildUnits } from './units.ts';
import { createWriter, rowsJson } from './writeFiles.ts';

/** Builds the product's map data from the open sources. The same sources give the same bytes. */
export async function buildGeo(sourceFolder: string, targetFolder: string, say: (line: string) => void = () => {}): Promise<void> {
  const sources = openSources(sourceFolder);
  const writer = createWriter(targetFolder);
  const provinces = sources.provinces();
  const wardFiles = DRAWN_PROVINCES.map((province) => ({ ...province, topology: sources.wards(province.file, 's60') }));
  const drawn = [provinces, ...wardFiles.map(({ topology }) => topology)].flatMap(areasOf).map(({ properties }) => properties);
  const units = buildUnits(sources.officialUnits(), [...drawn, ...sources.islands().map(({ properties }) => properties)]);
  const unitsByCode = new Map(units.map((unit) => [unit.code, unit]));
  writer.text('units.json', rowsJson({ units, groups: buildGroups(units) }));
  writer.text('provinces.json', `${JSON.stringify(slimTopology(provinces, unitsByCode))}\n`);
  const slim = wardFiles.map(({ slug, topology }) => ({ slug, topology: slimTopology(topology, unitsByCode) }));
  for (const { slug, topology } of slim) writer.text(`wards.${slug}.json`, `${JSON.stringify(topology)}\n`);
  say(`${units.length} đơn vị hành chính`);

  const osm = await readOsmFeatures(sources.osmPath());
  const graph = buildRoadGraph(osm, sources.straightPieces());
  const index = createWardIndex(slim.find(({ slug }) => slug === 'da-nang')?.topology as Topology);
  writer.text('roads.json', rowsJson(graph));
  writer.text('places.json', rowsJson({ places: buildPlaces(osm, graph, index) }));
  writer.text('junctions.json', rowsJson({ junctions: buildJunctions(sources.crossings()) }));
  writer.text('buildings.json', rowsJson({ buildings: buildBuildings(osm) }));
  say(`${graph.segments.length} đoạn đường, ${osm.buildings.length} nhà, ${osm.pois.length} địa điểm`);

  let zoom = -1;
  const basemap = buildBasemap(sources, osm, graph, unitsByCode, (z, tiles) => {
    if (z !== zoom) say(`bản đồ nền: mức ${(zoom = z)}, ${tiles} mảnh`);
  });
  writer.bytes('basemap.pmtiles', basemap);
  writer.text('provenance.json', provenance(sources.filesRead(), writer.written()));
  for (const { path, bytes } of writer.written()) say(`${path}: ${bytes} byte`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const repository = fileURLToPath(new URL('../..', import.meta.url));
  const sourceFolder = resolve(process.argv[2] ?? process.env.IOC_GEO_SOURCES ?? resolve(repository, '../shared/geo-data'));
  await buildGeo(sourceFolder, resolve(repository, 'geo/data'), (line) => console.log(line)).catch((cause: unknown) => {
    if (!(cause instanceof GeoFault)) throw cause;
    console.error(`${cause.code}: ${cause.message}`);
    process.exitCode = 1;
  });
}
