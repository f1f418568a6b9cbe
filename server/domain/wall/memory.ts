import type { Tile, WallState } from '#contract/wall.ts';

/** How many acts can be undone. */
export const UNDO_STEPS = 30;
/** How long control lasts after the last act. Units: ms. */
export const CONTROL_MS = 5 * 60_000;
/** A tour never moves on within this time after an act, so that it does not switch under the operator's hand. Units: ms. */
export const REST_MS = 5000;

/** What an undo brings back. */
export type Picture = Omit<WallState, 'wall' | 'rev' | 'mode' | 'replay' | 'control' | 'changedBy' | 'changedAt' | 'why' | 'waiting' | 'areRulesOff' | 'saved' | 'story'>;

/** A tile that was covered by a push, to be put back exactly. */
export interface Parked {
  tile: Tile;
}

/** What an undo, a recall or the release of an alert brings back. */
export interface Kept {
  picture: Picture;
  parked: Parked[];
}

/** The wall under an alert, with what could be undone there. */
export interface Beneath extends Kept {
  past: PastStep[];
}

/** One step of undo. `beneath` is there when an alert had the wall. */
export interface PastStep extends Kept {
  beneath?: Kept | undefined;
}

/** All that the reducer keeps of a wall: what it shows, what is parked under pushed tiles, and what undo brings back. */
export interface WallMemory {
  shown: WallState;
  /** Oldest first. */
  parked: Parked[];
  /** Oldest first. */
  past: PastStep[];
  /** There exactly while an alert has the wall. */
  beneath?: Beneath | undefined;
  /** Alerts that had the wall or waited for it, newest last: none composes it twice by itself. */
  handled?: string[] | undefined;
  /** States kept by name. `tiles` names the part that is recalled; absent = the whole wall. */
  saved?: Record<string, Kept & { tiles?: string[] | undefined }> | undefined;
  /** What the wall goes back to after a replay. */
  modeBefore?: WallState['mode'] | undefined;
  /** What the wall showed before the scenario it shows; there exactly while one has the wall. */
  beforeStory?: Kept | undefined;
  /** When a person last acted. Units: epoch ms. */
  actedAt: number;
}

/** The undoable part of a state. */
export function pictureOf({ scene, tiles, camera, tour, blank, frozenAt, identify, spotlight, composed, testCard }: WallState): Picture {
  return { scene, tiles, camera, tour, blank, frozenAt, identify, spotlight, composed, testCard };
}

/** A picture as a change of what is shown: also what it does not have comes back as not there. */
export const restore = (picture: Picture): Partial<WallState> => ({ composed: undefined, testCard: undefined, ...picture });
