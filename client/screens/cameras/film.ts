const ZONE_MS = 7 * 3_600_000;

/** A time as a field of the page shows it, on the clock of Đà Nẵng to the second. */
export const fieldTime = (at: number): string => new Date(at + ZONE_MS).toISOString().slice(0, 19);

/** The time a field holds. Units: epoch ms; NaN for an empty one. */
export const timeOfField = (text: string): number => Date.parse(`${text}Z`) - ZONE_MS;
