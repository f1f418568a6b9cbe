import type { Position } from '#contract/base.ts';
import { bearingDeg, distanceM } from '../../../geo/distance.ts';

/** Where a camera must look, and how far, to reach a place. Units: degrees clockwise from north, metres. */
export const aimAt = (camera: Position, to: Position): { azimuth: number; rangeM: number } => ({
  azimuth: Math.round((bearingDeg(camera, to) + 360) % 360),
  rangeM: Math.max(1, Math.round(distanceM(camera, to))),
});
