import type { Position } from './position.ts';

/** Side of the whole world at zoom 0, as the map client counts it. Units: pixels. */
export const TILE_SIZE_PX = 512;

/** A flat camera: what is in the middle, how close, which way is up. Units: zoom levels, degrees clockwise. */
export interface FlatCamera {
  center: Position;
  zoom: number;
  bearing: number;
}

/** A rectangle in wall pixels, y downwards. */
export interface PixelRect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Side of the whole world at a zoom. Units: pixels. */
export function worldSizePx(zoom: number): number {
  return TILE_SIZE_PX * 2 ** zoom;
}

/** Web Mercator position of a place. Units: world pixels at the zoom, x east, y south. */
export function toWorldPx([lon, lat]: Readonly<Position>, zoom: number): [x: number, y: number] {
  const size = worldSizePx(zoom);
  const sin = Math.sin((lat * Math.PI) / 180);
  return [((lon + 180) / 360) * size, (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * size];
}

/** The place under a Web Mercator position; the inverse of `toWorldPx`. Units: world pixels at the zoom. */
export function fromWorldPx([x, y]: readonly [number, number], zoom: number): Position {
  const size = worldSizePx(zoom);
  return [(x / size) * 360 - 180, (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / size))) * 180) / Math.PI];
}

/**
 * The camera of one output that shows its rectangle of a bigger map, so that windows side by side join without a seam.
 * Exact at pitch 0: same zoom and bearing, centre moved by the rotated pixel offset. Units: wall pixels.
 */
export function outputCentre(camera: FlatCamera, wallSize: { width: number; height: number }, rect: PixelRect): FlatCamera {
  const dx = rect.x + rect.width / 2 - wallSize.width / 2;
  const dy = rect.y + rect.height / 2 - wallSize.height / 2;
  const turn = (camera.bearing * Math.PI) / 180;
  const [x, y] = toWorldPx(camera.center, camera.zoom);
  const east = dx * Math.cos(turn) - dy * Math.sin(turn);
  const south = dx * Math.sin(turn) + dy * Math.cos(turn);
  return { center: fromWorldPx([x + east, y + south], camera.zoom), zoom: camera.zoom, bearing: camera.bearing };
}

/** The closest flat view that holds a box inside a rectangle with a margin. Units: degrees, pixels. */
export function fitBox(
  box: readonly [west: number, south: number, east: number, north: number],
  size: { width: number; height: number },
  marginPx = 0,
): FlatCamera {
  const [left, bottom] = toWorldPx([box[0], box[1]], 0);
  const [right, top] = toWorldPx([box[2], box[3]], 0);
  const roomX = Math.max(1, size.width - 2 * marginPx);
  const roomY = Math.max(1, size.height - 2 * marginPx);
  const scale = Math.min(roomX / Math.max(right - left, 1e-9), roomY / Math.max(bottom - top, 1e-9));
  return { center: fromWorldPx([(left + right) / 2, (top + bottom) / 2], 0), zoom: Math.min(22, Math.log2(scale)), bearing: 0 };
}
