/** Columns of moving things, as far as following one needs them. Units: 1e-5 degree. */
interface Moving {
  readonly count: number;
  readonly slots: Uint32Array;
  readonly lon: Int32Array;
  readonly lat: Int32Array;
  readonly speed: Uint8Array;
  readonly kind: Uint8Array;
}

const STEPS = 1e5;

/** Where a vehicle is now; undefined once it is gone. */
export function placeOf({ count, slots, lon, lat }: Moving, slot: number): [number, number] | undefined {
  const row = slots.subarray(0, count).indexOf(slot);
  return row < 0 ? undefined : [lon[row]! / STEPS, lat[row]! / STEPS];
}

/** Vehicles that may be followed: of one kind, those that move first. */
export function vehiclesOf({ count, slots, speed, kind }: Moving, wanted: number, most: number): number[] {
  const rows = Array.from({ length: count }, (_, row) => row).filter((row) => kind[row] === wanted);
  return rows.sort((a, b) => speed[b]! - speed[a]!).slice(0, most).map((row) => slots[row]!);
}

/** The camera to show: the one shown as long as it sees the place, else the nearest that does. Shape: cameras that see it, the nearest first. */
export const handedTo = (shown: string | null, seeing: readonly string[]): string | null => (shown !== null && seeing.includes(shown) ? shown : (seeing[0] ?? null));
