import type { Feature, LineString, MultiPolygon, Point, Polygon } from 'geojson';
import type { Position } from '../position.ts';
import { GeoFault } from './fault.ts';
import { assembleRings, toMultiPolygon } from './multipolygon.ts';
import type { OsmNode, OsmRelation, OsmTags, OsmWay } from './osmBlock.ts';
import { readOsmPbf } from './osmPbf.ts';
import rules from './osmTags.json' with { type: 'json' };

type Area = Polygon | MultiPolygon;

/** What the product takes from an extract; everything else, phone numbers above all, stays behind. */
export interface OsmFeatures {
  nodes: Map<number, Position>;
  roads: OsmWay[];
  buildings: Feature<Area, { id: string; name?: string; heightM?: number }>[];
  landuse: Feature<Area, { class: string; name?: string }>[];
  water: Feature<Area, { class: string; name?: string }>[];
  waterways: Feature<LineString, { class: string; name?: string }>[];
  pois: Feature<Point, { id: string; class: string; rank: number; name?: string }>[];
  signals: Feature<Point, { id: string }>[];
}

const WATERWAYS = new Set(rules.waterway);
const ROADS: Readonly<Record<string, { class: string; speed: number }>> = rules.road;
const LANDUSE: Readonly<Record<string, string>> = rules.landuse;
const WATER: Readonly<Record<string, string>> = rules.water;
const POIS: Readonly<Record<string, number>> = rules.poi;

/**
 * Reads an extract in three passes (areas, lines, points), so that only the points in use are kept in memory.
 * Fails: as `readOsmPbf`; `GEO_FILE_EMPTY` when nothing in it can be drawn.
 */
export async function readOsmFeatures(path: string, onProgress?: (pass: string, share: number) => void): Promise<OsmFeatures> {
  const step = (pass: string) => (read: number, total: number): void => onProgress?.(pass, read / total);
  const relations: OsmRelation[] = [];
  for await (const block of readOsmPbf(path, step('relations'))) relations.push(...block.relations.filter(isDrawnArea));
  const memberIds = new Set(relations.flatMap(({ members }) => members.filter(({ type }) => type === 'way').map(({ ref }) => ref)));

  const ways = new Map<number, OsmWay>();
  for await (const block of readOsmPbf(path, step('ways'))) {
    for (const way of block.ways) if (memberIds.has(way.id) || isDrawnWay(way)) ways.set(way.id, way);
  }
  const wanted = new Set<number>();
  for (const way of ways.values()) for (const ref of way.refs) wanted.add(ref);

  const nodes = new Map<number, Position>();
  const tagged: OsmNode[] = [];
  for await (const block of readOsmPbf(path, step('nodes'))) {
    for (const node of block.nodes) {
      if (wanted.has(node.id)) nodes.set(node.id, [node.lon, node.lat]);
      if (poiOf(node.tags) || node.tags.highway === 'traffic_signals') tagged.push(node);
    }
  }
  const features = collect(nodes, ways, relations, tagged);
  if (ways.size === 0 && tagged.length === 0) throw new GeoFault('GEO_FILE_EMPTY', `Tệp ${path} không có đường, nhà, mặt nước hay địa điểm nào`);
  return features;
}

function collect(nodes: Map<number, Position>, ways: Map<number, OsmWay>, relations: OsmRelation[], tagged: OsmNode[]): OsmFeatures {
  const features: OsmFeatures = { nodes, roads: [], buildings: [], landuse: [], water: [], waterways: [], pois: [], signals: [] };
  for (const way of ways.values()) {
    const points = way.refs.map((ref) => nodes.get(ref)).filter((position) => position !== undefined);
    if (points.length < 2) continue;
    if (way.tags.highway && ROADS[way.tags.highway] && way.tags.area !== 'yes') features.roads.push(way);
    else if (WATERWAYS.has(way.tags.waterway ?? '')) features.waterways.push({ type: 'Feature', geometry: { type: 'LineString', coordinates: points }, properties: named({ class: way.tags.waterway as string }, way.tags) });
    else if (points.length > 3 && way.refs[0] === way.refs.at(-1)) addArea(features, `w${way.id}`, way.tags, { type: 'Polygon', coordinates: [points] });
  }
  for (const relation of relations) {
    const rings = (role: string): Position[][] =>
      assembleRings(relation.members.filter((member) => member.type === 'way' && (member.role || 'outer') === role).flatMap(({ ref }) => ways.get(ref) ?? []), nodes);
    const area = toMultiPolygon(rings('outer'), rings('inner'));
    if (area) addArea(features, `r${relation.id}`, relation.tags, area);
  }
  for (const node of tagged) {
    const geometry: Point = { type: 'Point', coordinates: [node.lon, node.lat] };
    if (node.tags.highway === 'traffic_signals') features.signals.push({ type: 'Feature', geometry, properties: { id: `n${node.id}` } });
    const poi = poiOf(node.tags);
    if (poi) features.pois.push({ type: 'Feature', geometry, properties: named({ id: `n${node.id}`, ...poi }, node.tags) });
  }
  return features;
}

function addArea(features: OsmFeatures, id: string, tags: OsmTags, geometry: Area): void {
  const water = waterOf(tags);
  const landuse = landuseOf(tags);
  if (tags.building && tags.building !== 'no') features.buildings.push({ type: 'Feature', geometry, properties: named({ id, ...heightOf(tags) }, tags) });
  else if (water) features.water.push({ type: 'Feature', geometry, properties: named({ class: water }, tags) });
  else if (landuse) features.landuse.push({ type: 'Feature', geometry, properties: named({ class: landuse }, tags) });
  const poi = poiOf(tags);
  if (poi) features.pois.push({ type: 'Feature', geometry: { type: 'Point', coordinates: middleOf(geometry) }, properties: named({ id, ...poi }, tags) });
}

function isDrawnArea({ tags }: OsmRelation): boolean {
  return tags.type === 'multipolygon' && Boolean(waterOf(tags) || landuseOf(tags) || tags.building);
}

function isDrawnWay({ tags }: OsmWay): boolean {
  return Boolean((tags.highway && ROADS[tags.highway]) || WATERWAYS.has(tags.waterway ?? '') || tags.building || waterOf(tags) || landuseOf(tags) || poiOf(tags));
}

function waterOf(tags: OsmTags): string | undefined {
  if (tags.natural === 'water') return tags.water === 'river' ? 'river' : 'lake';
  return WATER[tags.landuse ?? ''] ?? (tags.waterway === 'riverbank' ? 'river' : undefined);
}

function landuseOf(tags: OsmTags): string | undefined {
  return LANDUSE[tags.landuse ?? ''] ?? LANDUSE[tags.leisure ?? ''] ?? LANDUSE[tags.natural ?? ''] ?? LANDUSE[tags.amenity ?? ''] ?? LANDUSE[tags.aeroway ?? ''];
}

function poiOf(tags: OsmTags): { class: string; rank: number } | undefined {
  if (!tags.name && tags.emergency !== 'fire_hydrant') return undefined;
  for (const key of rules.poiKeys) {
    const rank = POIS[tags[key] ?? ''];
    if (rank) return { class: tags[key] as string, rank };
  }
  return undefined;
}

function heightOf(tags: OsmTags): { heightM?: number } {
  const metres = Number.parseFloat(tags.height ?? '') || Number.parseFloat(tags['building:levels'] ?? '') * 3.3;
  return Number.isFinite(metres) && metres > 0 ? { heightM: Math.round(metres * 10) / 10 } : {};
}

function named<T extends object>(properties: T, tags: OsmTags): T & { name?: string } {
  return tags.name ? { ...properties, name: tags.name } : properties;
}

function middleOf(geometry: Area): Position {
  const ring = (geometry.type === 'Polygon' ? geometry.coordinates[0] : geometry.coordinates[0]?.[0]) ?? [];
  const sum = ring.slice(1).reduce<Position>((total, corner) => [total[0] + (corner[0] ?? 0), total[1] + (corner[1] ?? 0)], [0, 0]);
  const round = (value: number): number => Math.round((value / Math.max(1, ring.length - 1)) * 1e6) / 1e6;
  return [round(sum[0]), round(sum[1])];
}
