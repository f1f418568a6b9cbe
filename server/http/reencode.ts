import sharp from 'sharp';
import type { Attachment } from '../domain/ports/attachments.ts';

/** Makes a plain raster of whatever picture came in. */
export interface Reencoder {
  /** The picture anew, upright and without metadata; undefined when it is no raster picture we read. */
  reencode(sent: Uint8Array): Promise<Omit<Attachment, 'id'> | undefined>;
}

const READABLE = new Set(['jpeg', 'png', 'webp', 'heif', 'tiff']);
const MOST_PIXELS = 60_000_000;
const LONGEST_SIDE = 4096;
const AT_ONCE = 2;

async function redraw(sent: Uint8Array): Promise<Omit<Attachment, 'id'> | undefined> {
  const options = { limitInputPixels: MOST_PIXELS, failOn: 'error' as const, pages: 1 };
  try {
    const { format } = await sharp(sent, options).metadata();
    if (!READABLE.has(format ?? '')) return undefined;
    const { data, info } = await sharp(sent, options)
      .rotate()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 84 })
      .toBuffer({ resolveWithObject: true });
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
    async reencode(sent) {
      if (state.running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
      state.running += 1;
      try {
        return await redraw(sent);
      } finally {
        state.running -= 1;
        waiting.shift()?.();
      }
    },
  };
}
