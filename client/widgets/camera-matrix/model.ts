import { shownCameras } from '#contract/boards/cameras.ts';
import type { CameraState } from '#contract/topics/camera.ts';
import { CAP_RATIO, TEXT_ARC_MINUTES } from '../../../layouts/arcMinutes.ts';
import type { Settings } from './settings.ts';

const MOST = 9;
/** Lines of words a picture must be high, or they hide it. */
const LINES = 5;

/** What the tile shows. */
export const camerasOf = (cameras: readonly CameraState[], { cameras: chosen, most = MOST }: Settings): CameraState[] => shownCameras(cameras, chosen, most);

/** Columns and rows that give pictures of 16:9 the most room. */
export function gridOf(count: number, aspect: number): { columns: number; rows: number } {
  let best = { columns: 1, rows: Math.max(1, count), size: 0 };
  for (let columns = 1; columns <= Math.max(1, count); columns++) {
    const rows = Math.ceil(Math.max(1, count) / columns);
    const size = Math.min(aspect / columns / (16 / 9), 1 / rows);
    if (size > best.size - 1e-9) best = { columns, rows, size };
  }
  return { columns: best.columns, rows: best.rows };
}

/** Whether pictures of this height are too small for words that can be read from the last row. Units: wall pixels. */
export const isTooSmallForWords = (heightPx: number, arcMinutePx: number): boolean => heightPx < (LINES * TEXT_ARC_MINUTES.floor * arcMinutePx) / CAP_RATIO;
