import type { Feature, MultiPolygon, Polygon } from 'geojson';
import type { Topology } from 'topojson-specification';
import type { Unit } from '../units.ts';
import { GeoFault } from './fault.ts';

/** A customer's area of a unit, checked. */
export interface OwnUnit {
  unit: Unit;
  geometry: Polygon | MultiPolygon;
}

const CODE_NAMES = ['code', 'ma', 'maxa', 'ma_xa', 'ward_code', 'unit'];

/**
 * Reads boundaries keyed by official unit code from GeoJSON.
 * Fails: `GEO_FILE_BROKEN` for text that is no GeoJSON, `GEO_FILE_EMPTY` without areas, `GEO_UNIT_UNKNOWN` for a code outside the official table.
 */
export function readOwnUnits(text: string, units: readonly Unit[]): OwnUnit[] {
  const known = new Map(units.map((unit) => [unit.code, unit]));
  const areas = featuresOf(text).filter((feature): feature is Feature<Polygon | MultiPolygon> => ['Polygon', 'MultiPolygon'].includes(feature.geometry?.type ?? ''));
  if (areas.length === 0) throw new GeoFault('GEO_FILE_EMPTY', 'Tệp GeoJSON không có vùng nào (Polygon, MultiPolygon)');
  return areas.map((feature, i) => {
    const code = codeOf(feature);
    const unit = known.get(code);
    if (!unit) throw new GeoFault('GEO_UNIT_UNKNOWN', `Vùng thứ ${i + 1} mang mã đơn vị "${code}" không có trong danh mục hành chính`);
    if (!isDrawable(feature.geometry)) throw new GeoFault('GEO_FILE_BROKEN', `Vùng thứ ${i + 1} (${unit.fullName}) có tọa độ sai`);
    return { unit, geometry: feature.geometry };
  });
}

/** The same areas as a ward file of the product: every ring is an arc of its own. */
export function toTopology(areas: readonly OwnUnit[]): Topology {
  const arcs: number[][][] = [];
  const ring = (line: number[][]): number[] => [arcs.push(line) - 1];
  const geometries = areas.map(({ unit: { code, name, fullName, kind, position }, geometry }) => ({
    ...(geometry.type === 'Polygon' ? { type: 'Polygon', arcs: geometry.coordinates.map(ring) } : { type: 'MultiPolygon', arcs: geometry.coordinates.map((polygon) => polygon.map(ring)) }),
    id: Number(code),
    properties: { code, name, fullName, kind, position },
  }));
  return { type: 'Topology', objects: { units: { type: 'GeometryCollection', geometries } }, arcs } as unknown as Topology;
}

function featuresOf(text: string): Feature[] {
  try {
    const content = JSON.parse(text) as { type?: string; features?: Feature[] };
    if (content.type === 'FeatureCollection' && Array.isArray(content.features)) return content.features;
    throw new Error('thiếu FeatureCollection');
  } catch (cause) {
    throw new GeoFault('GEO_FILE_BROKEN', `Không phải GeoJSON: ${(cause as Error).message}`);
  }
}

function codeOf({ id, properties }: Feature): string {
  const names = Object.entries(properties ?? {});
  const [, value] = names.find(([name]) => CODE_NAMES.includes(name.toLowerCase())) ?? [];
  return String(value ?? id ?? '').padStart(5, '0');
}

function isDrawable(geometry: Polygon | MultiPolygon): boolean {
  const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
  return rings.every((ring) => ring.length > 3 && ring.every(([lon, lat]) => Number.isFinite(lon) && Number.isFinite(lat) && Math.abs(lon as number) <= 180 && Math.abs(lat as number) <= 90));
}
