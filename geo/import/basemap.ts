import { HOANG_SA_BOX } from '../archipelagos.ts';
import { boxAround, type Box } from '../position.ts';
import type { RoadGraph } from '../streets.ts';
import type { Unit } from '../units.ts';
import { landLayers } from './landLayers.ts';
import type { OsmFeatures } from './osmFeatures.ts';
import { writePmtiles } from './pmtilesWriter.ts';
import origins from './origins.json' with { type: 'json' };
import type { Sources } from './sources.ts';
import { streetLayers } from './streetLayers.ts';
import { cutTiles, mark, type TileRegion, type TileSource } from './tileset.ts';
import { unitLayers } from './unitLayers.ts';

const CITY_BOX: Box = [107.15, 14.9, 108.78, 16.3];
const TOWN_BOX: Box = [107.95, 15.8, 108.58, 16.22];
const WORLD: readonly TileRegion[] = [
  { zooms: [0, 3], box: [-180, -85, 180, 85] },
  { zooms: [4, 5], box: [60, -30, 160, 55] },
  { zooms: [6, 7], box: [95, 0, 125, 30] },
  { zooms: [8, 9], box: [102, 6.5, 118, 23.6] },
  { zooms: [10, 12], box: CITY_BOX },
  { zooms: [10, 11], box: HOANG_SA_BOX },
  { zooms: [13, 14], box: TOWN_BOX },
];
/** Layers of every archive, from below to above. */
export const LAYER_ORDER = ['land', 'province', 'ward', 'boundary', 'islands', 'water', 'waterway', 'landuse', 'building', 'road', 'poi', 'signal', 'place'];

/** The whole base map as one archive. Deeper than it is cut, the reader magnifies the nearest tile above. */
export function buildBasemap(sources: Sources, osm: OsmFeatures, graph: RoadGraph, units: ReadonlyMap<string, Unit>, onProgress?: (z: number, tiles: number) => void): Uint8Array {
  const provinces = sources.provinces();
  const layers: TileSource[] = [
    ...landLayers(sources, provinces),
    ...unitLayers(sources, provinces, units),
    { layer: 'water', zooms: [10, 14], tolerance: 1, features: sources.hanRiver().map(({ geometry }) => mark(geometry, { class: 'river', name: 'Sông Hàn', approx: 1 })) },
    ...streetLayers(osm, graph),
  ];
  layers.sort((a, b) => LAYER_ORDER.indexOf(a.layer) - LAYER_ORDER.indexOf(b.layer));
  return writePmtiles(cutTiles(layers, [...WORLD, ...islandRegions(sources)], onProgress), metadata(), [102, 6.5, 118, 23.6], [108.2208, 16.0602, 12]);
}

/** Close views of every island: small boxes, so that reefs stay sharp without cutting the sea between them. */
function islandRegions(sources: Sources): TileRegion[] {
  return sources.islands().flatMap(({ geometry }) => geometry.coordinates.map((polygon) => ({ zooms: [10, 12] as const, box: boxAround(polygon[0] ?? []) })));
}

/** What an archive says of itself. */
export function metadata(): object {
  return {
    name: 'Toàn Cảnh',
    format: 'pbf',
    type: 'baselayer',
    attribution: origins.attribution,
    vector_layers: LAYER_ORDER.map((id) => ({ id, fields: {} })),
  };
}

