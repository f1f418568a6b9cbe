import type { Feature, Geometry, LineString, MultiLineString, MultiPolygon, Polygon, Position } from 'geojson';
import { ARCHIPELAGO_BOXES } from '../archipelagos.ts';
import { distanceM } from '../distance.ts';
import { boxAround, isInBox } from '../position.ts';
import { DRAWN_PROVINCES, type Sources } from './sources.ts';
import { mark, type TileSource } from './tileset.ts';
import { areasOf, innerBorders, outerBorder, type UnitTopology } from './topologies.ts';

const BORDER_SEAM_M = 4000;
const JOINT_SEAM_M = 500;
const BORDER_NEAR_M = 6000;

/** Land of the world and the region, land borders, lakes and rivers; nothing foreign inside the archipelago boxes. */
export function landLayers(sources: Sources, provinces: UnitTopology): TileSource[] {
  const areas = areasOf(provinces);
  const isDrawn = (code: string): boolean => DRAWN_PROVINCES.some((province) => province.code === code);
  const joints = innerBorders(provinces, (a, b) => isDrawn(a) || isDrawn(b)).coordinates;
  const borders = sources.landBorders().filter(({ properties }) => !/Brunei|Singapore|Macau|Hong Kong|Indonesia|Malaysia/.test(properties.left + properties.right));
  const isOurs = ({ properties }: (typeof borders)[number]): boolean => [properties.left, properties.right].includes('Vietnam');
  const ourBorder = borders.filter(isOurs).flatMap(({ geometry }) => linesOf(geometry));
  const neighbours = sources.landNeighbours().flatMap(({ geometry }) => withoutIslands(geometry));
  const outerLines = keepNear(outerBorder(provinces), ourBorder);
  return [
    { layer: 'land', zooms: [0, 3], features: sources.landWorld().flatMap(withoutIslands).map((geometry) => mark(geometry)) },
    { layer: 'land', zooms: [4, 5], features: sources.landAsia().flatMap(withoutIslands).map((geometry) => mark(geometry)) },
    { layer: 'land', zooms: [6, 14], features: [...neighbours.map((geometry) => mark(geometry)), ...seams(ourBorder, BORDER_SEAM_M)] },
    { layer: 'land', zooms: [6, 9], features: areas.map(({ geometry }) => mark(geometry)) },
    { layer: 'land', zooms: [10, 14], features: [...areas.filter(({ properties }) => !isDrawn(properties.code)).map(({ geometry }) => mark(geometry)), ...seams(joints, JOINT_SEAM_M)] },
    { layer: 'boundary', zooms: [3, 14], tolerance: 2, features: borders.filter((border) => !isOurs(border)).map(({ geometry }) => mark(geometry, { level: 2 })) },
    { layer: 'boundary', zooms: [3, 5], tolerance: 2, features: borders.filter(isOurs).map(({ geometry }) => mark(geometry, { level: 2 })) },
    { layer: 'boundary', zooms: [6, 14], tolerance: 2, features: [mark({ type: 'MultiLineString', coordinates: outerLines }, { level: 2 })] },
    { layer: 'water', zooms: [5, 9], features: sources.lakes().map(({ geometry }) => mark(geometry, { class: 'lake' })) },
    { layer: 'waterway', zooms: [5, 9], features: sources.rivers().map(({ geometry, properties }) => mark(geometry, { class: 'river', rank: properties.scalerank })) },
  ];
}

/** Splits land into its parts and leaves out every island that lies in the archipelago boxes. */
export function withoutIslands(geometry: Geometry): Polygon[] {
  const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
  return parts
    .filter(([ring = []]) => !ARCHIPELAGO_BOXES.some((box) => ring.every((corner) => isInBox(box, corner))))
    .map((coordinates) => ({ type: 'Polygon', coordinates }));
}

/** Land along a border, because the two sources draw it up to some kilometres apart and sea would show between them. */
function seams(border: readonly Position[][], halfWidthM: number): Feature[] {
  const polygons: MultiPolygon['coordinates'] = border.flatMap((line) =>
    line.slice(1).flatMap((end, i) => {
      const start = line[i] as Position;
      const [x, y] = [(end[0] ?? 0) - (start[0] ?? 0), (end[1] ?? 0) - (start[1] ?? 0)];
      const length = Math.hypot(x, y);
      if (length === 0) return [];
      const wide = halfWidthM / 111_195;
      const [ax, ay, bx, by] = [(x / length) * wide * 0.6, (y / length) * wide * 0.6, (-y / length) * wide, (x / length) * wide];
      const corner = ([lon = 0, lat = 0]: Position, along: number, across: number): Position => [round(lon + along * ax + across * bx), round(lat + along * ay + across * by)];
      const first = corner(start, -1, -1);
      return [[[first, corner(end, 1, -1), corner(end, 1, 1), corner(start, -1, 1), first]]];
    }),
  );
  return polygons.map((coordinates) => mark({ type: 'Polygon', coordinates }));
}

/** The stretches of our own outer edge that run along the land border, so that the coast is not drawn as a border. */
function keepNear(edge: MultiLineString, border: readonly Position[][]): Position[][] {
  const cell = 0.1;
  const key = ([lon = 0, lat = 0]: Position): string => `${Math.floor(lon / cell)},${Math.floor(lat / cell)}`;
  const grid = new Map<string, Position[]>();
  for (const point of border.flatMap(densified)) grid.set(key(point), [...(grid.get(key(point)) ?? []), point]);
  const isNear = (point: Position): boolean => {
    const [lon = 0, lat = 0] = point;
    for (const dx of [-cell, 0, cell]) for (const dy of [-cell, 0, cell]) {
      if (grid.get(key([lon + dx, lat + dy]))?.some((other) => distanceM(point as [number, number], other as [number, number]) < BORDER_NEAR_M)) return true;
    }
    return false;
  };
  const runs: Position[][] = [];
  for (const line of edge.coordinates) {
    let run: Position[] = [];
    for (const point of line) {
      if (isNear(point)) run.push(point);
      else if (run.length > 0) run = (runs.push(run), []);
    }
    runs.push(run);
  }
  return runs.filter((run) => run.length > 8 || boxSpan(run) > 0.05);
}

function densified(line: readonly Position[]): Position[] {
  return line.slice(1).flatMap((end, i) => {
    const start = line[i] as Position;
    const steps = Math.max(1, Math.ceil(Math.hypot((end[0] ?? 0) - (start[0] ?? 0), (end[1] ?? 0) - (start[1] ?? 0)) / 0.03));
    return Array.from({ length: steps }, (_, step) => [(start[0] ?? 0) + (((end[0] ?? 0) - (start[0] ?? 0)) * step) / steps, (start[1] ?? 0) + (((end[1] ?? 0) - (start[1] ?? 0)) * step) / steps]);
  });
}

function linesOf(geometry: LineString | MultiLineString): Position[][] {
  return geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates;
}

function boxSpan(line: readonly Position[]): number {
  const [west, south, east, north] = boxAround(line);
  return Math.max(east - west, north - south);
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
