import type { Feature, Geometry } from 'geojson';
import GeoJSONVT from 'geojson-vt';
import { gzipSync } from 'node:zlib';
import { fromGeojsonVt } from 'vt-pbf';
import { fromWorldPx, TILE_SIZE_PX } from './mercator.ts';
import { readVectorTile, type TileFeature } from './vectorTile.ts';

type Address = readonly [z: number, x: number, y: number];

const EXTENT = 4096;

/** Cuts a deeper tile out of a shallower one, so that the map is never blank where the archive stops. Shape: gzip in, gzip out. */
export function magnifyTile(above: Uint8Array, from: Address, to: Address): Uint8Array | undefined {
  const layers: Record<string, { features: unknown[] }> = {};
  for (const [name, { features }] of Object.entries(readVectorTile(above))) {
    const collection = { type: 'FeatureCollection' as const, features: features.map((feature) => toGeoJson(feature, from)) };
    const slicer = new GeoJSONVT(collection, { maxZoom: to[0], indexMaxZoom: 0, tolerance: 0, extent: EXTENT, buffer: 64 });
    const tile = slicer.getTile(...to);
    if (tile?.features.length) layers[name] = { features: tile.features };
  }
  if (Object.keys(layers).length === 0) return undefined;
  return gzipSync(fromGeojsonVt(layers, { version: 2, extent: EXTENT }));
}

function toGeoJson(feature: TileFeature, [z, x, y]: Address): Feature {
  const place = ([px, py]: [number, number]): [number, number] => fromWorldPx([(x + px / EXTENT) * TILE_SIZE_PX, (y + py / EXTENT) * TILE_SIZE_PX], z);
  return { type: 'Feature', properties: feature.tags, geometry: toGeometry(feature, place), ...(feature.id === undefined ? {} : { id: feature.id }) };
}

function toGeometry(feature: TileFeature, place: (point: [number, number]) => [number, number]): Geometry {
  if (feature.type === 1) return { type: 'MultiPoint', coordinates: feature.geometry.map(place) };
  const lines = feature.geometry.map((line) => line.map(place));
  if (feature.type === 2) return { type: 'MultiLineString', coordinates: lines };
  const polygons: [number, number][][][] = [];
  feature.geometry.forEach((ring, i) => {
    const line = lines[i] as [number, number][];
    if (turnsClockwise(ring) || polygons.length === 0) polygons.push([line]);
    else polygons.at(-1)?.push(line);
  });
  return { type: 'MultiPolygon', coordinates: polygons };
}

/** Outer rings of a vector tile turn clockwise on screen, holes the other way. */
function turnsClockwise(ring: readonly (readonly [number, number])[]): boolean {
  return ring.reduce((area, [x, y], i) => {
    const [nx, ny] = ring[(i + 1) % ring.length] ?? [x, y];
    return area + (x * ny - nx * y);
  }, 0) > 0;
}
