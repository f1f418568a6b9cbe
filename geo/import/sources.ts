import type { Feature, FeatureCollection, Geometry, GeometryCollection, LineString, MultiLineString, MultiPolygon, Polygon } from 'geojson';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GeoFault } from './fault.ts';
import type { StraightPiece } from './roadGraph.ts';
import type { UnitTopology } from './topologies.ts';
import type { DrawnUnit, OfficialUnit } from './units.ts';

/** A file the build has read, for the record of provenance. */
export interface ReadFile {
  path: string;
  bytes: number;
  sha256: string;
}

/** A crossing with a name, as collected. */
export interface NamedCrossing {
  name: string;
  streets: string[];
  lon: number;
  lat: number;
  wardCode: string;
  osmTrafficSignals: number;
}

/** The provinces whose wards are drawn, by code and by the name of their files. */
export const DRAWN_PROVINCES = [
  { code: '48', file: 'da_nang', slug: 'da-nang' },
  { code: '51', file: 'quang_ngai', slug: 'quang-ngai' },
  { code: '66', file: 'dak_lak', slug: 'dak-lak' },
] as const;

/** Opens the folder of open sources; every file read is remembered with its hash. Fails: `GEO_FILE_MISSING`, `GEO_FILE_BROKEN`. */
export function openSources(folder: string) {
  const read = new Map<string, ReadFile>();
  const path = (name: string): string => {
    note(name);
    return join(folder, name);
  };
  const note = (name: string): Buffer => {
    let bytes: Buffer;
    try {
      bytes = readFileSync(join(folder, name));
    } catch (cause) {
      throw new GeoFault('GEO_FILE_MISSING', `Thiếu nguồn ${name} trong ${folder} (${(cause as NodeJS.ErrnoException).code})`);
    }
    read.set(name, { path: name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
    return bytes;
  };
  const json = <T>(name: string): T => {
    try {
      return JSON.parse(note(name).toString('utf8').normalize('NFC')) as T;
    } catch (cause) {
      if (cause instanceof GeoFault) throw cause;
      throw new GeoFault('GEO_FILE_BROKEN', `Nguồn ${name} không đọc được: ${(cause as Error).message}`);
    }
  };
  const land = (name: string): Geometry[] => json<GeometryCollection>(`naturalearth/${name}`).geometries;
  const features = <G extends Geometry, P = Record<string, string | number>>(name: string): Feature<G, P>[] => json<FeatureCollection<G, P>>(name).features;
  return {
    wards: (file: string, detail: 'full' | 's8' | 's60') => json<UnitTopology>(`admin/${file}_wards.${detail}.topo.json`),
    provinces: () => json<UnitTopology>('admin/vn_provinces.s150.topo.json'),
    islands: () => features<MultiPolygon, DrawnUnit & { name: string }>('admin/hoangsa_truongsa.geojson'),
    officialUnits: () => json<OfficialUnit[]>('admin/vn_units_2025.json'),
    landWorld: () => land('land_world_110m.geojson'),
    landAsia: () => land('land_asia_50m.geojson'),
    landRegion: () => land('land_region_10m.geojson'),
    landNeighbours: () => features<MultiPolygon>('naturalearth/neighbour_land_10m.geojson'),
    landBorders: () => features<LineString | MultiLineString, { left: string; right: string }>('naturalearth/borders_land_region_10m.geojson'),
    lakes: () => features<Polygon>('naturalearth/lakes_region_10m.geojson'),
    rivers: () => features<LineString | MultiLineString>('naturalearth/rivers_region_10m.geojson'),
    hanRiver: () => features<Polygon>('osm/han_river_estimated.geojson'),
    straightPieces: () => features<LineString>('osm/danang_arterials_skeleton.geojson') as unknown as StraightPiece[],
    crossings: () => json<NamedCrossing[]>('reference/danang_named_intersections.json'),
    osmPath: () => path('osm/haichau_core.osm.pbf'),
    filesRead: () => [...read.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

/** The open sources as the build reads them. */
export type Sources = ReturnType<typeof openSources>;
