import type { CameraMove, MapCamera } from '#contract/wall.ts';

const clampUnit = (share: number) => Math.min(1, Math.max(0, share));
const easeInOut = (share: number) => share * share * (3 - 2 * share);
const mix = (from: number, to: number, share: number) => from + (to - from) * share;

/** The shorter way round from one bearing to another. Units: degrees. */
function mixBearing(from: number, to: number, share: number): number {
  const turn = ((((to - from) % 360) + 540) % 360) - 180;
  return from + turn * share;
}

/** Where the map looks at a moment of server time: a pure function, so that every output and every late joiner agree. Units: epoch ms. */
export function cameraAt(move: CameraMove, at: number): MapCamera {
  const share = move.durationMs <= 0 ? 1 : clampUnit((at - move.startAt) / move.durationMs);
  if (share >= 1) return move.to;
  if (share <= 0) return move.from;
  const eased = easeInOut(share);
  const { from, to } = move;
  return {
    center: [mix(from.center[0], to.center[0], eased), mix(from.center[1], to.center[1], eased)],
    zoom: mix(from.zoom, to.zoom, eased),
    bearing: mixBearing(from.bearing, to.bearing, eased),
    pitch: mix(from.pitch, to.pitch, eased),
  };
}

/** Whether a flashing mark is lit at a moment of server time; every output flashes together. Units: epoch ms, ms. */
export function isLit(at: number, periodMs = 1000): boolean {
  return (((at % periodMs) + periodMs) % periodMs) * 2 < periodMs;
}
