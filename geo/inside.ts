import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import { feature } from 'topojson-client';
import type { Topology } from 'topojson-specification';
import { boxAround, isInBox, isInRing, type Box, type Position } from './position.ts';
import type { UnitKind } from './units.ts';
import outline from './vietnamOutline.json' with { type: 'json' };

/**
 * Is a position in Việt Nam or its seas? Generous: the land with a margin of some 20 km and the sea out to both
 * archipelagos. The door refuses a report from outside; it does not judge a border.
 */
export function isInVietnam(position: readonly number[]): boolean {
  const [lon, lat] = position;
  return Number.isFinite(lon) && Number.isFinite(lat) && isInRing(outline.ring, position);
}

/** What a ward file tells of a unit. */
export interface WardProperties {
  code: string;
  name: string;
  fullName: string;
  kind: UnitKind;
  position?: Position;
}

/** Finds the unit a position lies in. */
export interface WardIndex {
  /** The unit at a position, or undefined at sea and outside. */
  wardAt(position: readonly number[]): WardProperties | undefined;
  /** Every unit of the files given. */
  wards: readonly WardProperties[];
}

/** Builds a finder over ward files. Shape: TopoJSON as in `geo/data/wards.*.json`. */
export function createWardIndex(...files: readonly Topology[]): WardIndex {
  const areas = files.flatMap(readAreas);
  return {
    wards: areas.map(({ properties }) => properties),
    wardAt: (position) =>
      areas.find(({ box, polygons }) => isInBox(box, position) && polygons.some((polygon) => isInBox(polygon.box, position) && isInPolygon(polygon.rings, position)))?.properties,
  };
}

interface Area {
  properties: WardProperties;
  box: Box;
  polygons: { box: Box; rings: number[][][] }[];
}

function readAreas(topology: Topology): Area[] {
  const units = topology.objects.units;
  if (!units) throw new Error('A ward file has no object "units"');
  const { features } = feature(topology, units) as unknown as FeatureCollection<Polygon | MultiPolygon, WardProperties>;
  return features.map(({ geometry, properties }) => {
    const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    return { properties, box: boxAround(parts.flat(2)), polygons: parts.map((rings) => ({ rings, box: boxAround(rings[0] ?? []) })) };
  });
}

function isInPolygon([outer = [], ...holes]: readonly number[][][], position: readonly number[]): boolean {
  return isInRing(outer, position) && !holes.some((hole) => isInRing(hole, position));
}
