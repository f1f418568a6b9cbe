import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Topology } from 'topojson-specification';
import { createWardIndex, type WardIndex } from './inside.ts';
import type { Building, Junction, Place } from './places.ts';
import { createSearchIndex, type SearchIndex } from './search.ts';
import { searchEntries } from './searchEntries.ts';
import type { RoadGraph } from './streets.ts';
import { createTileReader, type TileReader } from './tileReader.ts';
import type { Unit, UnitGroup } from './units.ts';

/** The provinces whose wards come with the product, as named in `wards.<slug>.json`. */
export const WARD_FILES = ['da-nang', 'quang-ngai', 'dak-lak'] as const;

/** Name of a province that has a ward file. */
export type WardFile = (typeof WARD_FILES)[number];

/** The map data, each file read at its first use and kept. */
export interface GeoData {
  units(): readonly Unit[];
  groups(): readonly UnitGroup[];
  provinces(): Topology;
  wards(file: WardFile): Topology;
  wardIndex(): WardIndex;
  roads(): RoadGraph;
  junctions(): readonly Junction[];
  places(): readonly Place[];
  buildings(): readonly Building[];
  search(): SearchIndex;
  provenance(): unknown;
  /** Opens the base map; the caller closes it. */
  tiles(): Promise<TileReader>;
  /** Where a file is read from: the customer's own when there is one, else the product's. */
  pathOf(name: string): string;
}

/** Opens the map data. `ownFolder` is the customer's (`<data>/geo`): a file in it takes the place of the product's file of that name. */
export function loadGeo(ownFolder?: string): GeoData {
  const shipped = fileURLToPath(new URL('./data/', import.meta.url));
  const kept = new Map<string, unknown>();
  const pathOf = (name: string): string => {
    const own = ownFolder && join(ownFolder, name);
    return own && existsSync(own) ? own : join(shipped, name);
  };
  const once = <T>(key: string, make: () => T): T => {
    if (!kept.has(key)) kept.set(key, make());
    return kept.get(key) as T;
  };
  const json = <T>(name: string): T => once(name, () => JSON.parse(readFileSync(pathOf(name), 'utf8')) as T);
  const geo: GeoData = {
    units: () => json<{ units: Unit[] }>('units.json').units,
    groups: () => json<{ groups: UnitGroup[] }>('units.json').groups,
    provinces: () => json('provinces.json'),
    wards: (file) => json(`wards.${file}.json`),
    wardIndex: () => once('wardIndex', () => createWardIndex(...WARD_FILES.map((file) => geo.wards(file)))),
    roads: () => json('roads.json'),
    junctions: () => json<{ junctions: Junction[] }>('junctions.json').junctions,
    places: () => json<{ places: Place[] }>('places.json').places,
    buildings: () => json<{ buildings: Building[] }>('buildings.json').buildings,
    search: () => once('search', () => createSearchIndex(searchEntries({ units: geo.units(), groups: geo.groups(), roads: geo.roads(), junctions: geo.junctions(), places: geo.places() }))),
    provenance: () => json('provenance.json'),
    tiles: () => createTileReader(pathOf('basemap.pmtiles')),
    pathOf,
  };
  return geo;
}
