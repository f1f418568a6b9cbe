/** Name of the image the RED fill is drawn with; the client adds it with `map.addImage(HATCH_IMAGE, hatchImage(theme))`. */
export const HATCH_IMAGE = 'red-hatch';

/** A raster that `addImage` takes as it is. Shape: RGBA, row by row. */
export interface RasterImage {
  width: number;
  height: number;
  data: Uint8Array<ArrayBuffer>;
}

const SIDE = 24;
const STRIPE = 5;

/** Diagonal stripes that join at the edges: a unit that is ĐỎ is hatched, never a solid red province. */
export function hatchImage(color: readonly [red: number, green: number, blue: number] = [255, 77, 79]): RasterImage {
  const data = new Uint8Array(SIDE * SIDE * 4);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const across = (x + y) % (SIDE / 2);
      const cover = Math.max(0, Math.min(1, Math.min(across + 0.5, STRIPE - across + 0.5)));
      data.set([...color, Math.round(150 * cover)], (y * SIDE + x) * 4);
    }
  }
  return { width: SIDE, height: SIDE, data };
}
