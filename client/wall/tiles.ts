import type { Rect, Tile, WallState } from '#contract/wall.ts';
import type { TilePlace } from '../live/widget.ts';

/** Each holds two drawing contexts, of which a page has few. */
const PARKED_MOST = 1;

/** A tile as it is mounted: shown now, or only made ready for the next state. */
export interface MountedTile {
  /** Stays the same while the widget may go on living. */
  slot: string;
  tile: Tile;
  isShown: boolean;
  /** Shows a moment of the past, while the tiles of the present wait. */
  isPast?: boolean;
}

const inOrder = (mounted: MountedTile[]): MountedTile[] => mounted.sort((a, b) => a.slot.localeCompare(b.slot));

/** Costly widgets keep living from scene to scene: the n-th map of one scene becomes the n-th map of the next. */
export function slotsOf(tiles: readonly Tile[], kept: ReadonlySet<string>): Map<string, Tile> {
  const counts = new Map<string, number>();
  const slots = new Map<string, Tile>();
  for (const tile of tiles) {
    const nth = counts.get(tile.widget) ?? 0;
    counts.set(tile.widget, nth + 1);
    slots.set(kept.has(tile.widget) ? `${tile.widget}#${nth}` : `${tile.id}:${tile.widget}`, tile);
  }
  return slots;
}

/** What to mount: everything shown now, and behind it whatever the next state will need. */
export function mountedTiles(current: WallState | null, next: WallState | null, kept: ReadonlySet<string>): MountedTile[] {
  const shown = slotsOf(current?.tiles ?? [], kept);
  const coming = slotsOf(next?.tiles ?? [], kept);
  return inOrder([
    ...[...shown].map(([slot, tile]) => ({ slot, tile, isShown: true })),
    ...[...coming].filter(([slot]) => !shown.has(slot)).map(([slot, tile]) => ({ slot, tile, isShown: false })),
  ]);
}

/**
 * What to mount while a wall looks back: tiles of their own for the past, and behind them those of the present as they are, so that
 * the way back only uncovers them. Costly widgets are there once and show the past meanwhile.
 */
export function mountedInPast(past: WallState | null, present: WallState, kept: ReadonlySet<string>): MountedTile[] {
  const shown = [...slotsOf(past?.tiles ?? [], kept)];
  const waiting = [...slotsOf(present.tiles, kept)].filter(([, { widget }]) => !kept.has(widget));
  return inOrder([
    ...shown.map(([slot, tile]) => ({ slot: kept.has(tile.widget) ? slot : `past ${slot}`, tile, isShown: true, isPast: true })),
    ...waiting.map(([slot, tile]) => ({ slot, tile, isShown: false })),
  ]);
}

/** A mounted tile with the part of it that lies in a window. */
export type PlacedTile = MountedTile & { part: Rect; place: TilePlace };

/**
 * Keeps the costly widgets of a window while the wall does without them: making a map anew takes its page seconds, and an
 * alarm that gives the wall back must not wait for that. What is parked stays mounted where it last was, hidden and still.
 */
export function createTilePark(kept: ReadonlySet<string>): (placed: readonly PlacedTile[]) => PlacedTile[] {
  let parked = new Map<string, PlacedTile>();
  return (placed) => {
    const here = new Set(placed.map(({ slot }) => slot));
    const waiting = [...parked.values()].filter(({ slot }) => !here.has(slot));
    const known = [...waiting, ...placed.filter(({ tile }) => kept.has(tile.widget))];
    parked = new Map(known.slice(-PARKED_MOST).map((one) => [one.slot, one.place.isParked ? one : { ...one, isShown: false, place: { ...one.place, isParked: true } }]));
    return [...placed, ...waiting.filter(({ slot }) => parked.has(slot))].sort((a, b) => a.slot.localeCompare(b.slot));
  };
}
