import type { PictureMask } from '#contract/topics/camera.ts';

/** The masks of a camera as a drawing that lies over its picture: black where nobody may look. Units: pixels. */
export function maskDrawing(masks: readonly PictureMask[], width: number, height: number): Buffer {
  const shapes = masks.map((mask) => `<polygon points="${mask.map(([x, y]) => `${x * width},${y * height}`).join(' ')}"/>`).join('');
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes}</svg>`);
}
