import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Rect, Tile, WallAct } from '#contract/wall.ts';
import { intersect } from '../../../layouts/rects.ts';
import type { MemoryChange } from './composing.ts';
import type { WallMemory } from './memory.ts';
import type { WallContext } from './reduceWall.ts';

/** A tile that keeps less than this share of itself leaves its place. */
const LEAST_SHARE = 0.4;

/** What a zone leaves of a tile: its largest side beside the zone, or nothing when that is too little of it. */
export function besideZone(rect: Rect, zone: Rect): Rect | undefined {
  const over = intersect(rect, zone);
  if (!over) return rect;
  const [right, bottom, overRight, overBottom] = [rect.x + rect.width, rect.y + rect.height, over.x + over.width, over.y + over.height];
  const sides: Rect[] = [
    { ...rect, width: over.x - rect.x },
    { ...rect, x: overRight, width: right - overRight },
    { ...rect, height: over.y - rect.y },
    { ...rect, y: overBottom, height: bottom - overBottom },
  ];
  const area = ({ width, height }: Rect) => width * height;
  const [largest] = sides.sort((a, b) => area(b) - area(a));
  return largest && area(largest) >= LEAST_SHARE * area(rect) ? largest : undefined;
}

/**
 * Fills the zone of a salvo with its cameras in their order, as one matrix; a tile that stands half in it makes room, what stands outside stays.
 * Fails: WALL_SCENE for a salvo that is not there or has no zone on this wall; STATE_STEP when no camera was found or an alert has the wall.
 */
export function showSalvo({ shown }: WallMemory, { salvo: id }: Extract<WallAct, { do: 'salvo' }>, { profile, salvos, cameras = [] }: WallContext): Outcome<MemoryChange> {
  const salvo = salvos?.get(id);
  const named = salvo?.walls[profile.id];
  if (!salvo || !named) return refused('WALL_SCENE', { detail: id });
  if (shown.composed || cameras.length === 0) return refused('STATE_STEP');
  const matrix: Tile = { id: 'salvo', widget: 'camera-matrix', rect: named, title: salvo.name, settings: { cameras: [...cameras], most: cameras.length } };
  const kept = shown.tiles.flatMap((tile) => {
    const rect = besideZone(tile.rect, named);
    return rect ? [{ ...tile, rect }] : [];
  });
  return okay({ shown: { tiles: [...kept, matrix], spotlight: null }, parked: [] });
}
