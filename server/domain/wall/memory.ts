import type { Tile, WallState } from '#contract/wall.ts';

/** How many acts can be undone. */
export const UNDO_STEPS = 30;
/** How long control lasts after the last act. Units: ms. */
export const CONTROL_MS = 5 * 60_000;
/** A tour never moves on within this time after an act, so that it does not switch under the operator's hand. Units: ms. */
export const REST_MS = 5000;

/** What an undo brings back. */
export type Picture = Omit<WallState, 'wall' | 'rev' | 'mode' | 'control' | 'changedBy' | 'changedAt' | 'why'>;

/** A tile that was covered by a push, to be put back exactly. */
export interface Parked {
  tile: Tile;
}

/** All that the reducer keeps of a wall: what it shows, what is parked under pushed tiles, and what undo brings back. */
export interface WallMemory {
  shown: WallState;
  /** Oldest first. */
  parked: Parked[];
  /** Oldest first. */
  past: { picture: Picture; parked: Parked[] }[];
  /** When a person last acted. Units: epoch ms. */
  actedAt: number;
}

/** The undoable part of a state. */
export function pictureOf({ scene, tiles, camera, tour, blank, frozenAt, identify, spotlight }: WallState): Picture {
  return { scene, tiles, camera, tour, blank, frozenAt, identify, spotlight };
}
