import type { Feature, Geometry } from 'geojson';
import GeoJSONVT from 'geojson-vt';
import { fromGeojsonVt } from 'vt-pbf';
import { TILE_SIZE_PX, toWorldPx } from '../mercator.ts';
import type { Box } from '../position.ts';
import { gzipSame, type PackedTile } from './pmtilesWriter.ts';

/** Features that one layer of the map shows over a span of zooms. Units: `tolerance` in tile units of 1/4096. */
export interface TileSource {
  layer: string;
  zooms: readonly [from: number, to: number];
  tolerance?: number;
  features: readonly Feature[];
}

/** A part of the world to cut into tiles over a span of zooms. */
export interface TileRegion {
  zooms: readonly [from: number, to: number];
  box: Box;
}

/** How tiles are cut, the same for every archive of the product. */
export const TILE_EXTENT = 4096;
const SLICING = { indexMaxZoom: 5, indexMaxPoints: 0, extent: TILE_EXTENT, buffer: 64 };

/** Features of one tile by layer, as the encoder takes them. */
export type SlicedLayers = Record<string, { features: unknown[] }>;

/** Prepares sources for cutting; the result gives the layers of any tile, in the order the sources name them. */
export function createSlicer(sources: readonly TileSource[]): (z: number, x: number, y: number) => SlicedLayers {
  const slicers = sources.map(({ features, zooms, tolerance = 3, layer }) => ({
    layer,
    zooms,
    slicer: new GeoJSONVT({ type: 'FeatureCollection', features: [...features] }, { ...SLICING, tolerance, maxZoom: zooms[1] }),
  }));
  return (z, x, y) => {
    const layers: SlicedLayers = {};
    for (const { layer, zooms, slicer } of slicers) {
      if (z < zooms[0] || z > zooms[1]) continue;
      const features = slicer.getTile(z, x, y)?.features;
      if (features?.length) (layers[layer] ??= { features: [] }).features.push(...features);
    }
    return layers;
  };
}

/** Encodes the layers of a tile; undefined when there is nothing to show. */
export function packTile(layers: SlicedLayers): Uint8Array | undefined {
  return Object.keys(layers).length === 0 ? undefined : gzipSame(fromGeojsonVt(layers, { version: 2, extent: TILE_EXTENT }));
}

/** Cuts sources into gzip vector tiles; the same input gives the same bytes. */
export function cutTiles(sources: readonly TileSource[], regions: readonly TileRegion[], onProgress?: (z: number, tiles: number) => void): PackedTile[] {
  const slice = createSlicer(sources);
  const packed: PackedTile[] = [];
  for (const [z, x, y] of addresses(regions)) {
    const bytes = packTile(slice(z, x, y));
    if (!bytes) continue;
    packed.push({ z, x, y, bytes });
    onProgress?.(z, packed.length);
  }
  return packed;
}

/** Every tile that a region touches, each once, zoom by zoom. */
export function* addresses(regions: readonly TileRegion[]): Generator<[z: number, x: number, y: number]> {
  const deepest = Math.max(...regions.map(({ zooms }) => zooms[1]));
  for (let z = 0; z <= deepest; z++) {
    const seen = new Set<number>();
    for (const { zooms, box } of regions) {
      if (z < zooms[0] || z > zooms[1]) continue;
      const [left, top] = tileAt([box[0], box[3]], z);
      const [right, bottom] = tileAt([box[2], box[1]], z);
      for (let x = left; x <= right; x++) {
        for (let y = top; y <= bottom; y++) {
          const key = x * 2 ** z + y;
          if (seen.has(key)) continue;
          seen.add(key);
          yield [z, x, y];
        }
      }
    }
  }
}

function tileAt(position: [number, number], z: number): [number, number] {
  const last = 2 ** z - 1;
  return toWorldPx([position[0], Math.max(-85.05, Math.min(85.05, position[1]))], z).map((px) => Math.max(0, Math.min(last, Math.floor(px / TILE_SIZE_PX)))) as [number, number];
}

/** A feature of one layer, without the ceremony. */
export function mark(geometry: Geometry, properties: Record<string, string | number | boolean | undefined> = {}, id?: number): Feature {
  const known = Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
  return { type: 'Feature', geometry, properties: known, ...(id === undefined ? {} : { id }) };
}
