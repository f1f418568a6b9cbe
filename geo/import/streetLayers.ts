import type { Feature, Position } from 'geojson';
import type { RoadGraph, RoadSegment } from '../streets.ts';
import type { OsmFeatures } from './osmFeatures.ts';
import { mark, type TileSource } from './tileset.ts';

const BY_ZOOM: readonly (readonly [zoom: number, classes: readonly string[]])[] = [
  [9, ['motorway', 'primary']],
  [11, ['secondary']],
  [12, ['tertiary', 'link']],
  [13, ['minor']],
  [14, ['service', 'path']],
];
const SEGMENT_ZOOM = 12;

/** Streets, houses, land use, water and places of a city, from whatever extract they came. */
export function streetLayers(osm: Pick<OsmFeatures, 'buildings' | 'landuse' | 'water' | 'waterways' | 'pois' | 'signals'>, graph: RoadGraph): TileSource[] {
  const drawn = graph.segments.filter(({ isTurn }) => !isTurn);
  const layers: TileSource[] = [
    { layer: 'landuse', zooms: [12, 14], features: osm.landuse.map(({ geometry, properties }) => mark(geometry, properties)) },
    { layer: 'water', zooms: [10, 14], tolerance: 1, features: osm.water.map(({ geometry, properties }) => mark(geometry, properties)) },
    { layer: 'waterway', zooms: [12, 14], features: osm.waterways.map(({ geometry, properties }) => mark(geometry, properties)) },
    { layer: 'building', zooms: [13, 14], tolerance: 1, features: osm.buildings.map(({ geometry, properties }) => mark(geometry, { height: properties.heightM })) },
  ];
  for (const [zoom, classes] of BY_ZOOM) {
    const segments = drawn.filter((segment) => classes.includes(segment.class));
    if (zoom < SEGMENT_ZOOM) layers.push({ layer: 'road', zooms: [zoom, SEGMENT_ZOOM - 1], tolerance: 2, features: joined(segments) });
    layers.push({ layer: 'road', zooms: [Math.max(zoom, SEGMENT_ZOOM), 14], tolerance: 1, features: segments.map(roadFeature) });
  }
  for (const [rank, zoom] of [[1, 12], [2, 14], [3, 14]] as const) {
    layers.push({ layer: 'poi', zooms: [zoom, 14], features: osm.pois.filter(({ properties }) => properties.rank === rank).map(({ geometry, properties }) => mark(geometry, { class: properties.class, name: properties.name, rank })) });
  }
  layers.push({ layer: 'signal', zooms: [14, 14], features: osm.signals.map(({ geometry }) => mark(geometry)) });
  return layers;
}

function roadFeature(segment: RoadSegment): Feature {
  const flag = (is: boolean | undefined): 1 | undefined => (is ? 1 : undefined);
  return mark({ type: 'LineString', coordinates: segment.line }, { class: segment.class, name: segment.name, oneway: flag(segment.isOneway), bridge: flag(segment.isBridge), approx: flag(segment.isApprox) }, segment.feature);
}

/** Stretches of one street in one line, so that far out short ones do not vanish. */
function joined(segments: readonly RoadSegment[]): Feature[] {
  const streets = new Map<string, { segment: RoadSegment; lines: Position[][] }>();
  for (const segment of segments) {
    const key = `${segment.class}|${segment.name ?? ''}`;
    const street = streets.get(key) ?? { segment, lines: [] };
    streets.set(key, street);
    const before = street.lines.find((line) => line.at(-1)?.join() === segment.line[0]?.join());
    if (before) before.push(...segment.line.slice(1));
    else street.lines.push([...segment.line]);
  }
  return [...streets.values()].map(({ segment, lines }) => mark({ type: 'MultiLineString', coordinates: lines }, { class: segment.class, name: segment.name }));
}
