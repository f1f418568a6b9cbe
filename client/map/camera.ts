import type { MapCamera, Rect } from '#contract/wall.ts';
import { outputCentre } from '../../geo/mercator.ts';

/** The camera of the part of a map that this window draws. Units: wall pixels. */
export function partCamera(camera: MapCamera, size: { width: number; height: number }, part: Rect): MapCamera {
  const flat = outputCentre(camera, size, part);
  return { center: flat.center, zoom: flat.zoom, bearing: flat.bearing, pitch: 0 };
}

/** Do two cameras look at the same thing? */
export function isSameView(a: MapCamera | undefined, b: MapCamera): boolean {
  return a !== undefined && a.center[0] === b.center[0] && a.center[1] === b.center[1] && a.zoom === b.zoom && a.bearing === b.bearing && a.pitch === b.pitch;
}
