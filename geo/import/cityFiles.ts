import type { MultiPolygon, Polygon } from 'geojson';
import type { Building, Junction, Place } from '../places.ts';
import { fold } from '../fold.ts';
import type { WardIndex } from '../inside.ts';
import type { Position } from '../position.ts';
import type { RoadGraph } from '../streets.ts';
import type { OsmFeatures } from './osmFeatures.ts';
import type { NamedCrossing } from './sources.ts';

const round = (value: number): number => Math.round(value * 1e6) / 1e6;
const rounded = ([lon, lat]: readonly number[]): Position => [round(lon ?? 0), round(lat ?? 0)];

/** Named places, each once, with the ward it lies in; a bridge is one place at the middle of its stretches. */
export function buildPlaces(osm: Pick<OsmFeatures, 'pois'>, graph: RoadGraph, index: WardIndex): Place[] {
  const places: Place[] = osm.pois.map(({ geometry, properties }) => ({
    id: properties.id,
    name: properties.name ?? 'Trụ nước chữa cháy',
    class: properties.class,
    rank: properties.rank as Place['rank'],
    position: rounded(geometry.coordinates),
  }));
  for (const [name, spans] of bridgesByName(graph)) {
    const middle = spans.flat()[Math.floor(spans.flat().length / 2)] as Position;
    places.push({ id: `bridge-${fold(name).replaceAll(' ', '-')}`, name, class: 'bridge', rank: 1, position: rounded(middle) });
  }
  return places.map((place) => withWard(place, index)).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Crossings known by name; where two streets meet twice the second one is numbered. */
export function buildJunctions(crossings: readonly NamedCrossing[]): Junction[] {
  const seen = new Map<string, number>();
  return crossings.map(({ name, streets, lon, lat, wardCode, osmTrafficSignals }) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    const own = count > 1 ? `${name} (${count})` : name;
    return { id: fold(own).replace(/^nut /, '').replaceAll(' ', '-'), name: own, streets, position: rounded([lon, lat]), ward: wardCode, hasSignals: osmTrafficSignals > 0 };
  });
}

/** Crossings found in a street graph: where two or more named streets that carry traffic meet. */
export function findJunctions(graph: RoadGraph, index: WardIndex): Junction[] {
  const streets = new Map<number, Set<string>>();
  for (const { name, from, to, ...segment } of graph.segments) {
    if (!name || ['service', 'path', 'minor'].includes(segment.class)) continue;
    for (const node of [from, to]) streets.set(node, (streets.get(node) ?? new Set()).add(name.replace(/^(Đường|Phố) /, '')));
  }
  const found = new Map<string, Junction>();
  for (const [node, names] of streets) {
    if (names.size < 2) continue;
    const sorted = [...names].sort((a, b) => (fold(a) < fold(b) ? -1 : 1));
    const name = `Nút ${sorted.join(' – ')}`;
    const id = fold(sorted.join(' ')).replaceAll(' ', '-');
    if (!found.has(id)) found.set(id, withWard({ id, name, streets: sorted, position: rounded(graph.nodes[node] ?? []), hasSignals: false }, index));
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Ground plans for deciding what a camera can see. */
export function buildBuildings(osm: Pick<OsmFeatures, 'buildings'>): Building[] {
  return osm.buildings.flatMap(({ geometry, properties }) => {
    const rings = outerRings(geometry);
    return rings.map((ring, i) => ({ ...properties, id: rings.length > 1 ? `${properties.id}.${i}` : properties.id, ring: ring.map(rounded) }));
  });
}

function outerRings(geometry: Polygon | MultiPolygon): number[][][] {
  return (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates).flatMap(([ring]) => (ring ? [ring] : []));
}

function bridgesByName(graph: RoadGraph): Map<string, Position[][]> {
  const bridges = new Map<string, Position[][]>();
  for (const { name, isBridge, line } of graph.segments) {
    if (name && isBridge && /^Cầu /.test(name)) bridges.set(name, [...(bridges.get(name) ?? []), line]);
  }
  return bridges;
}

function withWard<T extends { position: Position; ward?: string }>(thing: T, index: WardIndex): T {
  const ward = index.wardAt(thing.position)?.code;
  return ward ? { ...thing, ward } : thing;
}
