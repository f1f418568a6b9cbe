import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Tile, WallAct } from '#contract/wall.ts';
import { intersect } from '../../../layouts/rects.ts';
import { cutRect, growZone } from './compose.ts';
import type { MemoryChange } from './composing.ts';
import type { WallMemory } from './memory.ts';
import type { WallContext } from './reduceWall.ts';

/**
 * Cuts the zone of a salvo into one tile for each of its cameras, in their order; what stands outside stays.
 * Fails: WALL_SCENE for a salvo that is not there or has no zone on this wall; STATE_STEP when no camera was found or an alert has the wall.
 */
export function showSalvo({ shown }: WallMemory, { salvo: id }: Extract<WallAct, { do: 'salvo' }>, { profile, salvos, cameras = [] }: WallContext): Outcome<MemoryChange> {
  const salvo = salvos?.get(id);
  const named = salvo?.walls[profile.id];
  if (!salvo || !named) return refused('WALL_SCENE', { detail: id });
  if (shown.composed || cameras.length === 0) return refused('STATE_STEP');
  const zone = growZone(named, shown.tiles);
  const places = cutRect(zone, cameras.length);
  const tiles = cameras.map((camera, index): Tile => ({ id: `salvo-${index + 1}`, widget: 'camera', rect: places[index] ?? zone, settings: { camera }, why: salvo.name.vi }));
  const kept = shown.tiles.filter(({ rect }) => !intersect(rect, zone));
  return okay({ shown: { tiles: [...kept, ...tiles], spotlight: null }, parked: [] });
}
