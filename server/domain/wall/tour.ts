import type { Tour, WallState } from '#contract/wall.ts';
import { REST_MS, type WallMemory } from './memory.ts';

/** The tour at its stop `index`, shown from `at` on. Units: epoch ms. */
export function tourAtStop(tour: Tour, index: number, at: number, isPaused: boolean): NonNullable<WallState['tour']> {
  const stop = tour.stops[index % tour.stops.length]!;
  return { id: tour.id, index: index % tour.stops.length, nextAt: at + stop.dwellS * 1000, isPaused };
}

/** When the wall moves on to its next stop by itself, or undefined while it waits for a person. Units: epoch ms. */
export function tourDueAt({ shown, parked, actedAt }: WallMemory): number | undefined {
  const { tour, frozenAt, composed, mode } = shown;
  if (!tour || tour.isPaused || frozenAt !== null || composed || mode === 'replay' || parked.length > 0) return undefined;
  return Math.max(tour.nextAt, actedAt + REST_MS);
}
