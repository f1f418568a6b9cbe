import { REPORT_LIMITS } from '#contract/citizen.ts';
import type { FaultCode } from '#contract/faults.ts';

const LARGEST_BYTES = 30 * 1024 * 1024;
const QUALITY = 0.8;

/** A photo fit to be sent, or why it can not be. */
export type Shrunk = { ok: true; photo: Blob } | { ok: false; code: Extract<FaultCode, 'REPORT_PHOTO' | 'REPORT_PHOTO_SIZE'> };

/** Size of a picture whose longer side is at most `longest`. Units: pixels. */
export function fitted(width: number, height: number, longest: number): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Draws a photo anew as a JPEG of at most 1600 pixels: upright, and without what the camera wrote into it. */
export async function shrinkPhoto(file: Blob): Promise<Shrunk> {
  if (file.size > LARGEST_BYTES) return { ok: false, code: 'REPORT_PHOTO_SIZE' };
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  } catch (error) {
    console.info('the browser can not read this picture', String(error));
    return { ok: false, code: 'REPORT_PHOTO' };
  }
  const { width, height } = fitted(picture.width, picture.height, REPORT_LIMITS.photoSidePx);
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height);
  picture.close();
  const photo = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
  return photo ? { ok: true, photo } : { ok: false, code: 'REPORT_PHOTO' };
}
