import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { WallAct } from '#contract/wall.ts';
import type { MemoryChange } from './composing.ts';
import { pictureOf, restore, type WallMemory } from './memory.ts';

const SAVED_MOST = 40;

/** Keeps what the wall shows under a name; `tiles` keeps only that part. Fails: WALL_SCENE for a tile that is not there, STATE_STEP when the shelf is full or an alert has the wall. */
export function saveState(memory: WallMemory, { name, tiles }: Extract<WallAct, { do: 'save' }>): Outcome<MemoryChange> {
  const { shown, parked, saved = {} } = memory;
  const missing = tiles?.find((tile) => !shown.tiles.some(({ id }) => id === tile));
  if (missing !== undefined) return refused('WALL_SCENE', { detail: missing });
  if (shown.composed || (!Object.hasOwn(saved, name) && Object.keys(saved).length >= SAVED_MOST)) return refused('STATE_STEP');
  const shelf = { ...saved, [name]: { picture: pictureOf(shown), parked, tiles } };
  return okay({ shown: { saved: Object.keys(shelf) }, saved: shelf });
}

/**
 * Brings back a state kept by name. A part comes back into the tiles of the same name and place of what is shown.
 * Fails: NOT_FOUND; WALL_SCENE when a tile of the part has no place any more; STATE_STEP while an alert has the wall.
 */
export function recallState(memory: WallMemory, { name }: Extract<WallAct, { do: 'recall' }>): Outcome<MemoryChange> {
  const { shown, saved = {} } = memory;
  const kept = Object.hasOwn(saved, name) ? saved[name] : undefined;
  if (!kept) return refused('NOT_FOUND', { detail: name });
  if (shown.composed) return refused('STATE_STEP');
  if (!kept.tiles) return okay({ shown: restore(kept.picture), parked: kept.parked });
  const part = kept.picture.tiles.filter(({ id }) => kept.tiles?.includes(id));
  const homeless = part.find(({ id, rect }) => !shown.tiles.some((tile) => tile.id === id && tile.rect.width === rect.width && tile.rect.height === rect.height));
  if (homeless) return refused('WALL_SCENE', { detail: homeless.id });
  return okay({ shown: { tiles: shown.tiles.map((tile) => part.find(({ id }) => id === tile.id) ?? tile) } });
}
