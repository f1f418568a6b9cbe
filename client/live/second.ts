/** The second a moment lies in: what a clock that shows seconds says. Units: epoch ms. */
export const wholeSecond = (at: number): number => Math.floor(at / 1000) * 1000;
