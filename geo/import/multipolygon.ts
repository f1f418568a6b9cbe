import type { MultiPolygon } from 'geojson';
import { isInRing, type Position } from '../position.ts';
import type { OsmWay } from './osmBlock.ts';

/** Joins ways end to end into closed rings; what does not close (a piece lies outside the extract) is left out. */
export function assembleRings(ways: readonly OsmWay[], nodes: ReadonlyMap<number, Position>): Position[][] {
  const open = ways.filter(({ refs }) => refs.length > 1).map(({ refs }) => [...refs]);
  const rings: Position[][] = [];
  for (let chain = open.shift(); chain; chain = open.shift()) {
    while (chain[0] !== chain.at(-1)) {
      const end = chain.at(-1);
      const next = open.findIndex((refs) => refs[0] === end || refs.at(-1) === end);
      if (next < 0) break;
      const [refs = []] = open.splice(next, 1);
      chain.push(...(refs[0] === end ? refs : refs.reverse()).slice(1));
    }
    const ring = chain.map((ref) => nodes.get(ref));
    if (chain[0] === chain.at(-1) && ring.length > 3 && ring.every((position) => position !== undefined)) rings.push(ring);
  }
  return rings;
}

/** Puts each hole into the ring that holds it; holes outside every ring are left out. */
export function toMultiPolygon(outer: readonly Position[][], inner: readonly Position[][]): MultiPolygon | undefined {
  if (outer.length === 0) return undefined;
  const polygons = outer.map((ring) => [ring]);
  for (const hole of inner) {
    polygons.find(([ring = []]) => hole.every((corner) => isInRing(ring, corner)) || isInRing(ring, hole[0] ?? []))?.push(hole);
  }
  return { type: 'MultiPolygon', coordinates: polygons };
}
