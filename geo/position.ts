/** A place on earth, WGS84. Shape: `[lon, lat]`. Units: degrees. */
export type Position = [lon: number, lat: number];

/** West, south, east, north. Units: degrees. */
export type Box = readonly [west: number, south: number, east: number, north: number];

/** The smallest box around the given positions. */
export function boxAround(positions: Iterable<readonly number[]>): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of positions) {
    if (lon === undefined || lat === undefined) continue;
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  }
  return box;
}

/** Is the position inside the box, edges included? */
export function isInBox(box: Box, [lon, lat]: readonly number[]): boolean {
  return lon !== undefined && lat !== undefined && lon >= box[0] && lat >= box[1] && lon <= box[2] && lat <= box[3];
}

/** Do two boxes share at least one point? */
export function boxesMeet(a: Box, b: Box): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}

/** Is the position inside the ring, by the even-odd rule? Shape: a ring closed or not. */
export function isInRing(ring: readonly (readonly number[])[], [lon, lat]: readonly number[]): boolean {
  if (lon === undefined || lat === undefined) return false;
  let isInside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax = 0, ay = 0] = ring[i] ?? [];
    const [bx = 0, by = 0] = ring[j] ?? [];
    if (ay > lat !== by > lat && lon < ((bx - ax) * (lat - ay)) / (by - ay) + ax) isInside = !isInside;
  }
  return isInside;
}
