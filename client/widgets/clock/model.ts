const HERO_ARCMIN = 60;
const DETAIL_ARCMIN = 16;
const DIGIT_EM = 0.58;
const LETTER_EM = 0.56;
const DATE_LETTERS = 21;

/** Letters that fill the tile without leaving it; the date is left out where it would not be legible. Units: pixels. */
export function clockSizes(tile: { width: number; height: number }, arcMinutePx: number, hasSeconds: boolean): { timePx: number; datePx: number } {
  const digits = hasSeconds ? 8 : 5;
  const widest = (tile.width * 0.9) / (digits * DIGIT_EM);
  const datePx = Math.min(Math.max(DETAIL_ARCMIN * arcMinutePx, tile.height * 0.14), (tile.width * 0.94) / (DATE_LETTERS * LETTER_EM));
  const isDateLegible = datePx >= DETAIL_ARCMIN * arcMinutePx * 0.98 && tile.height > datePx * 1.4 * 2.4;
  const timePx = Math.min(widest, Math.max(HERO_ARCMIN * arcMinutePx, tile.height * 0.5), (tile.height - (isDateLegible ? datePx * 1.5 : 0)) / 1.25);
  return { timePx, datePx: isDateLegible ? datePx : 0 };
}
