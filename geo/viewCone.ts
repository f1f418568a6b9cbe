import { bearingDeg, destination, distanceM, turnBetween } from './distance.ts';
import { boxAround, boxesMeet, isInRing, type Position } from './position.ts';

/** Where a camera stands and what it can take in. Units: degrees clockwise from north, degrees, metres. */
export interface ViewPoint {
  position: Position;
  azimuth: number;
  fieldOfView: number;
  rangeM: number;
}

/** The ground plan of a building. Shape: outer ring of `[lon, lat]`. Units: metres. */
export interface Footprint {
  ring: readonly Position[];
  heightM?: number;
}

/** The ground a camera covers. Shape: a closed ring; a full turn gives a circle without the camera as a corner. */
export function conePolygon(camera: ViewPoint, steps = 24): Position[] {
  const isCircle = camera.fieldOfView >= 360;
  const span = Math.min(camera.fieldOfView, 360);
  const ring: Position[] = isCircle ? [] : [camera.position];
  for (let i = 0; i <= steps; i++) {
    ring.push(destination(camera.position, camera.azimuth - span / 2 + (span * i) / steps, camera.rangeM));
  }
  ring.push(ring[0] as Position);
  return ring;
}

/**
 * Can the camera see the point: near enough, inside its angle, and no building between?
 * A building that holds the camera (it hangs on it) or the point does not hide it.
 */
export function canSee(camera: ViewPoint, point: Readonly<Position>, buildings: readonly Footprint[] = []): boolean {
  const away = distanceM(camera.position, point);
  if (away > camera.rangeM) return false;
  if (away > 1 && camera.fieldOfView < 360 && turnBetween(bearingDeg(camera.position, point), camera.azimuth) > camera.fieldOfView / 2) return false;
  const sightBox = boxAround([camera.position, point]);
  return !buildings.some(({ ring }) => {
    if (!boxesMeet(boxAround(ring), sightBox)) return false;
    if (isInRing(ring, camera.position) || isInRing(ring, point)) return false;
    return crossesRing(ring, camera.position, point);
  });
}

function crossesRing(ring: readonly Position[], from: Readonly<Position>, to: Readonly<Position>): boolean {
  return ring.some((corner, i) => segmentsCross(corner, ring[(i + 1) % ring.length] as Position, from, to));
}

function segmentsCross(a: Readonly<Position>, b: Readonly<Position>, c: Readonly<Position>, d: Readonly<Position>): boolean {
  const side = (p: Readonly<Position>, q: Readonly<Position>, r: Readonly<Position>): number =>
    Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}
