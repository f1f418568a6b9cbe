import type { Position } from './position.ts';

/** Mean radius of the earth. Units: metres. */
export const EARTH_RADIUS_M = 6_371_008.8;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const degrees = (angle: number): number => (angle * 180) / Math.PI;

/** Great-circle distance by the haversine formula. Units: metres. */
export function distanceM(a: Readonly<Position>, b: Readonly<Position>): number {
  const dLat = radians(b[1] - a[1]);
  const dLon = radians(b[0] - a[0]);
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(radians(a[1])) * Math.cos(radians(b[1])) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Initial bearing from a to b. Units: degrees clockwise from north, 0 ≤ bearing < 360. */
export function bearingDeg(a: Readonly<Position>, b: Readonly<Position>): number {
  const dLon = radians(b[0] - a[0]);
  const y = Math.sin(dLon) * Math.cos(radians(b[1]));
  const x = Math.cos(radians(a[1])) * Math.sin(radians(b[1])) - Math.sin(radians(a[1])) * Math.cos(radians(b[1])) * Math.cos(dLon);
  return (degrees(Math.atan2(y, x)) + 360) % 360;
}

/** Where one arrives from `start` after `metres` along `bearing`. Units: metres, degrees clockwise from north. */
export function destination(start: Readonly<Position>, bearing: number, metres: number): Position {
  const arc = metres / EARTH_RADIUS_M;
  const lat1 = radians(start[1]);
  const turn = radians(bearing);
  const lat2 = Math.asin(Math.sin(lat1) * Math.cos(arc) + Math.cos(lat1) * Math.sin(arc) * Math.cos(turn));
  const dLon = Math.atan2(Math.sin(turn) * Math.sin(arc) * Math.cos(lat1), Math.cos(arc) - Math.sin(lat1) * Math.sin(lat2));
  return [((start[0] + degrees(dLon) + 540) % 360) - 180, degrees(lat2)];
}

/** Length of a line along the ground. Units: metres. */
export function lengthM(line: readonly Readonly<Position>[]): number {
  let total = 0;
  for (let i = 1; i < line.length; i++) total += distanceM(line[i - 1] as Position, line[i] as Position);
  return total;
}

/** The angle between two bearings, the short way round. Units: degrees, 0–180. */
export function turnBetween(a: number, b: number): number {
  const difference = Math.abs(((a - b) % 360) + 360) % 360;
  return difference > 180 ? 360 - difference : difference;
}
