import type { Tile, WallState } from '#contract/wall.ts';

/** A tile as it is mounted: shown now, or only made ready for the next state. */
export interface MountedTile {
  /** Stays the same while the widget may go on living. */
  slot: string;
  tile: Tile;
  isShown: boolean;
}

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
  return [
    ...[...shown].map(([slot, tile]) => ({ slot, tile, isShown: true })),
    ...[...coming].filter(([slot]) => !shown.has(slot)).map(([slot, tile]) => ({ slot, tile, isShown: false })),
  ].sort((a, b) => a.slot.localeCompare(b.slot));
}
