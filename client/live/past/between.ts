import type { Frame } from '#contract/frame.ts';

/** Further than this nobody drives between two frames that were kept: the number went to another vehicle. Units: 1e-5 degree, about 1.1 km. */
const LONGEST_STEPS = 1000;
const TURN = 256;
const NOTHING: Frame['moved'] = { slot: new Uint32Array(0), dLon: new Int16Array(0), dLat: new Int16Array(0), heading: new Uint8Array(0), speed: new Uint8Array(0) };

/**
 * Where things were between two frames that were kept: in a straight line from one to the other. What only the first knows stands
 * still. `share` is how much of the time between them has gone, 0 to 1.
 */
export function between({ placed, ...first }: Frame, { placed: later }: Frame, share: number): Frame {
  const rowOf = new Map(Array.from(later.slot, (slot, row) => [slot, row]));
  const lon = placed.lon.slice();
  const lat = placed.lat.slice();
  const heading = placed.heading.slice();
  placed.slot.forEach((slot, row) => {
    const to = rowOf.get(slot);
    if (to === undefined) return;
    const [east, north] = [later.lon[to]! - lon[row]!, later.lat[to]! - lat[row]!];
    if (Math.abs(east) + Math.abs(north) > LONGEST_STEPS) return;
    lon[row] = lon[row]! + Math.round(east * share);
    lat[row] = lat[row]! + Math.round(north * share);
    const turn = ((later.heading[to]! - heading[row]! + TURN * 1.5) % TURN) - TURN / 2;
    heading[row] = heading[row]! + Math.round(turn * share) + TURN;
  });
  return { ...first, isKey: true, moved: NOTHING, removed: new Uint32Array(0), placed: { ...placed, lon, lat, heading } };
}
