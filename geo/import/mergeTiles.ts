import type { TileReader } from '../tileReader.ts';
import { readVectorTile, type TileFeature } from '../vectorTile.ts';
import { LAYER_ORDER, metadata } from './basemap.ts';
import { writePmtiles, type PackedTile } from './pmtilesWriter.ts';
import { addresses, createSlicer, packTile, type SlicedLayers, type TileRegion, type TileSource } from './tileset.ts';

/** Decides what of the product's own tiles makes room for the customer's. */
export type Leaves = (layer: string, feature: TileFeature) => boolean;

/** A new archive: the base with some of its features taken out and the given layers put in. */
export async function mergeTiles(base: TileReader, sources: readonly TileSource[], regions: readonly TileRegion[], leaves: Leaves, onProgress?: (done: number, total: number) => void): Promise<Uint8Array> {
  const slice = createSlicer(sources);
  const all = new Map<string, [number, number, number]>();
  for (const address of [...(await base.addresses()), ...addresses(regions)]) all.set(address.join('/'), address);
  const packed: PackedTile[] = [];
  let done = 0;
  for (const [z, x, y] of all.values()) {
    const below = await base.getTile(z, x, y);
    const kept = below ? readVectorTile(below.bytes) : {};
    const added = slice(z, x, y);
    const layers: SlicedLayers = {};
    for (const layer of LAYER_ORDER) {
      const features = [...(kept[layer]?.features ?? []).filter((feature) => !leaves(layer, feature)), ...(added[layer]?.features ?? [])];
      if (features.length > 0) layers[layer] = { features };
    }
    const bytes = packTile(layers);
    if (bytes) packed.push({ z, x, y, bytes });
    onProgress?.(++done, all.size);
  }
  return writePmtiles(packed, metadata(), [102, 6.5, 118, 23.6], [108.2208, 16.0602, 12]);
}
