import type { Feature, FeatureCollection, MultiLineString, MultiPolygon, Polygon } from 'geojson';
import { feature, merge, mesh } from 'topojson-client';
import type { GeometryCollection, MultiPolygon as TopoMultiPolygon, Polygon as TopoPolygon, Topology } from 'topojson-specification';
import type { Unit } from '../units.ts';
import type { DrawnUnit } from './units.ts';

type UnitGeometry = TopoPolygon<DrawnUnit> | TopoMultiPolygon<DrawnUnit>;

/** Units of one level drawn with shared borders: each border is stored once, so neighbours never gap or overlap. */
export type UnitTopology = Topology<Record<string, GeometryCollection<DrawnUnit>>>;

/** Each unit as an area. */
export function areasOf(topology: UnitTopology): Feature<Polygon | MultiPolygon, DrawnUnit>[] {
  return (feature(topology, collection(topology)) as unknown as FeatureCollection<Polygon | MultiPolygon, DrawnUnit>).features;
}

/** Borders between two units, each once; `isWanted` chooses by the codes on both sides. */
export function innerBorders(topology: UnitTopology, isWanted: (a: string, b: string) => boolean = () => true): MultiLineString {
  const code = (unit: unknown): string => (unit as { properties: DrawnUnit }).properties.code;
  return mesh(topology, collection(topology), (a, b) => a !== b && isWanted(code(a), code(b)));
}

/** The outer edge of all units together: coast and outer border. */
export function outerBorder(topology: UnitTopology): MultiLineString {
  return mesh(topology, collection(topology), (a, b) => a === b);
}

/** All units as one area. */
export function dissolved(topology: UnitTopology): MultiPolygon {
  return merge(topology, collection(topology).geometries as UnitGeometry[] as never);
}

/** The same topology carrying only what the product shows of a unit. */
export function slimTopology(topology: UnitTopology, units: ReadonlyMap<string, Unit>): Topology {
  const { geometries } = collection(topology);
  const slim = geometries.map((geometry) => {
    const drawn = geometry.properties as DrawnUnit | undefined;
    const unit = units.get(drawn?.code ?? '');
    if (!unit) throw new Error(`Unit ${drawn?.code} is drawn but not in the official table`);
    const { code, name, fullName, kind, position } = unit;
    return { ...geometry, id: Number(code), properties: { code, name, fullName, kind, position } };
  });
  return { ...topology, objects: { units: { type: 'GeometryCollection', geometries: slim as never } } };
}

function collection(topology: UnitTopology): GeometryCollection<DrawnUnit> {
  const [only] = Object.values(topology.objects);
  if (!only) throw new Error('A topology without objects');
  return only;
}
