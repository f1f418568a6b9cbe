import { PNG } from 'pngjs';
import type { Page } from 'playwright-core';

export type Colour = readonly [red: number, green: number, blue: number];

/** Colours of the four levels as the map draws them. */
export const LEVEL_PIXELS: Readonly<Record<1 | 2 | 3 | 4, Colour>> = { 1: [255, 77, 79], 2: [255, 159, 28], 3: [255, 216, 77], 4: [76, 201, 240] };

/** A picture of a page, or of a part of it. */
export async function pictureOf(page: Page, clip?: { x: number; y: number; width: number; height: number }): Promise<PNG> {
  return PNG.sync.read(await page.screenshot({ animations: 'allow', caret: 'hide', ...(clip ? { clip } : {}) }));
}

/** How many pixels are this colour, or as good as. */
export function countColour({ data }: PNG, [red, green, blue]: Colour, tolerance = 24): number {
  let count = 0;
  for (let at = 0; at < data.length; at += 4) {
    if (Math.abs(data[at]! - red) <= tolerance && Math.abs(data[at + 1]! - green) <= tolerance && Math.abs(data[at + 2]! - blue) <= tolerance) count++;
  }
  return count;
}

/** Copies pictures side by side onto one canvas. */
export function stitch(width: number, height: number, parts: readonly { picture: PNG; x: number; y: number }[]): PNG {
  const whole = new PNG({ width, height });
  for (const { picture, x, y } of parts) PNG.bitblt(picture, whole, 0, 0, picture.width, picture.height, x, y);
  return whole;
}
