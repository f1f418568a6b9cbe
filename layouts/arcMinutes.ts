/** Sizes of text as angles seen by the farthest viewer. Units: arc-minutes of the height of a capital letter. */
export const TEXT_ARC_MINUTES = { floor: 16, body: 20, label: 24, value: 36, hero: 60 } as const;

/** Height of capitals over font size, of the bundled Noto Sans. */
export const CAP_RATIO = 0.714;

/** Below this many pixels of cap height, stacked Vietnamese marks run together. */
const LEAST_CAP_PX = 14;

/** How a wall is seen. Units: metres, millimetres per pixel. */
export interface Viewing {
  farthestViewerM: number;
  pitchMm: number;
}

/** Pixels of cap height per arc-minute, times the cap ratio: multiply by arc-minutes to get a font size. Units: px per arc-minute. */
export function fontPxPerArcMinute({ farthestViewerM, pitchMm }: Viewing): number {
  return (0.2909 * farthestViewerM) / (pitchMm * CAP_RATIO);
}

/** Font size for an angle, never below what the marks need. Units: px. */
export function fontPx(arcMinutes: number, viewing: Viewing): number {
  return Math.max(LEAST_CAP_PX / CAP_RATIO, fontPxPerArcMinute(viewing) * arcMinutes);
}

/** Lines of body text that fit into a height. Units: px. */
export function bodyLines(heightPx: number, viewing: Viewing, lineHeight = 1.4): number {
  return Math.floor(heightPx / (fontPx(TEXT_ARC_MINUTES.body, viewing) * lineHeight));
}
