const LEAST_FONT_PX = 19.6;
const LINE_HEIGHT = 1.45;

/** Height of a line of text that the farthest viewer sees under so many arc-minutes. Units: pixels. */
export const linePx = (arcMinutes: number, arcMinutePx: number): number => Math.max(LEAST_FONT_PX, arcMinutes * arcMinutePx) * LINE_HEIGHT;

/** How many whole rows fit; a wall shows at most five, and one is always tried. */
export const rowsIn = (heightPx: number, rowPx: number, most = 5): number => Math.max(1, Math.min(most, Math.floor(heightPx / rowPx)));

/** Letters of a size that fit beside each other, by the mean width of Noto Sans. */
export const lettersIn = (widthPx: number, arcMinutes: number, arcMinutePx: number): number => Math.floor(widthPx / (Math.max(LEAST_FONT_PX, arcMinutes * arcMinutePx) * 0.54));

/** Letters of a line, the thin bar under it and the air below, over its font size. */
const BARRED_HEIGHT = 1.4 + 0.16 + 0.25;

/** Height of a line of text with a thin bar under it. Units: pixels. */
export const barredLinePx = (arcMinutes: number, arcMinutePx: number): number => (linePx(arcMinutes, arcMinutePx) / LINE_HEIGHT) * BARRED_HEIGHT;
