/** How a page stands with its work: `lateMs` is how much later than asked a timer came. */
export interface Strain {
  lateMs: number;
  calmS: number;
}

/** Units: ms, seconds, pictures. */
const LIMITS = { strainedMs: 250, calmBeforeMoreS: 30, fewest: 4, lessAtOnce: 3 };

/**
 * How many pictures a page decodes from now on. A page that comes late to its own timers has too many: it gives some up at once, and takes
 * one more only after half a minute of calm.
 */
export function nextBudget(budget: number, most: number, { lateMs, calmS }: Strain): number {
  if (lateMs > LIMITS.strainedMs) return Math.max(Math.min(LIMITS.fewest, most), budget - LIMITS.lessAtOnce);
  return calmS > 0 && calmS % LIMITS.calmBeforeMoreS === 0 ? Math.min(most, budget + 1) : budget;
}
