import sharp, { type Sharp } from 'sharp';
import type { PictureMask } from '#contract/topics/camera.ts';
import type { Attachment } from '../domain/ports/attachments.ts';
import { maskDrawing } from '../media/maskDrawing.ts';

/** Makes a plain raster of whatever picture came in. */
export interface Reencoder {
  /** The picture anew, upright, without metadata and black where it is masked; undefined when it is no raster picture we read. */
  reencode(sent: Uint8Array, masks?: readonly PictureMask[]): Promise<Omit<Attachment, 'id'> | undefined>;
}

const READABLE = new Set(['jpeg', 'png', 'webp', 'heif', 'tiff']);
const MOST_PIXELS = 60_000_000;
const LONGEST_SIDE = 4096;
const AT_ONCE = 2;

async function masked(upright: Sharp, masks: readonly PictureMask[]): Promise<Sharp> {
  const { data, info } = await upright.png().toBuffer({ resolveWithObject: true });
  return sharp(data).composite([{ input: maskDrawing(masks, info.width, info.height) }]);
}

async function redraw(sent: Uint8Array, masks: readonly PictureMask[]): Promise<Omit<Attachment, 'id'> | undefined> {
  const options = { limitInputPixels: MOST_PIXELS, failOn: 'error' as const, pages: 1 };
  try {
    const { format } = await sharp(sent, options).metadata();
    if (!READABLE.has(format ?? '')) return undefined;
    const upright = sharp(sent, options).rotate().resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true });
    const shown = masks.length === 0 ? upright : await masked(upright, masks);
    const { data, info } = await shown.webp({ quality: 84 }).toBuffer({ resolveWithObject: true });
    return { contentType: 'image/webp', width: info.width, height: info.height, body: data };
  } catch {
    return undefined;
  }
}

/** Decodes at most two pictures at once, so that a burst of photographs never takes the machine from the wall. */
export function createReencoder(): Reencoder {
  const waiting: (() => void)[] = [];
  const state = { running: 0 };
  return {
    async reencode(sent, masks = []) {
      if (state.running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
      state.running += 1;
      try {
        return await redraw(sent, masks);
      } finally {
        state.running -= 1;
        waiting.shift()?.();
      }
    },
  };
}
