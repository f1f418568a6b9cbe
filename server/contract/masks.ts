import type { PictureMask } from '#contract/topics/camera.ts';

const MOST = { masks: 12, corners: 12, fewest: 3 };

/**
 * Masks as a person types them: corners in percent of the picture, one mask after another.
 * Shape: `10,20 40,20 40,60; 0,0 100,0 100,12`. Fails: undefined for anything else.
 */
export function readMasks(text: string): PictureMask[] | undefined {
  const masks = text.split(';').map((one) => one.trim()).filter(Boolean).map((one) => one.split(/\s+/).map((corner) => corner.split(',').map((share) => (share === '' ? Number.NaN : Number(share) / 100)) as [number, number]));
  const isCorner = (corner: readonly number[]) => corner.length === 2 && corner.every((share) => share >= 0 && share <= 1);
  const isFit = masks.length <= MOST.masks && masks.every((mask) => mask.length >= MOST.fewest && mask.length <= MOST.corners && mask.every(isCorner));
  return isFit ? masks : undefined;
}

/** The same text again. */
export const writeMasks = (masks: readonly PictureMask[]): string => masks.map((mask) => mask.map((corner) => corner.map((share) => Math.round(share * 1000) / 10).join(',')).join(' ')).join('; ');
