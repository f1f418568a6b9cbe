import type { SetupState } from '#contract/centre.ts';

type Wall = SetupState['walls'][number];

/** The wall of just so many screens, or the one nearest to it; `isExact` says which. */
export function wallFor(walls: readonly Wall[], columns: number, rows: number): { wall: Wall; isExact: boolean } | null {
  const distance = (wall: Wall) => Math.abs(wall.columns - columns) + Math.abs(wall.rows - rows);
  const [wall] = [...walls].sort((a, b) => distance(a) - distance(b));
  return wall ? { wall, isExact: distance(wall) === 0 } : null;
}

export const STEPS = ['centre', 'wall', 'sample', 'source', 'people', 'help'] as const;
export type Step = (typeof STEPS)[number];
