import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { MapCamera, Story, Tile, WallAct, WallState } from '#contract/wall.ts';
import { cameraAt } from '../../../layouts/motion.ts';
import type { MemoryChange } from './composing.ts';
import { pictureOf, restore, type Kept, type WallMemory } from './memory.ts';
import type { WallContext } from './reduceWall.ts';

/** One step of a scenario as it stands on one wall: what is shown, and where the scenario is. */
export interface StoryContext {
  story: Story;
  scene: string;
  tiles: Tile[];
  camera: MapCamera | undefined;
  moveMs: number;
  spotlight: string | null;
}

const modeOf = ({ isRehearsal }: Story): WallState['mode'] => (isRehearsal ? 'rehearsal' : 'live');

/** Shows one step. While an alert has the wall, the step waits beneath it. Fails: STATE_STEP when nothing is known of the step. */
export function tellStory(memory: WallMemory, act: Extract<WallAct, { do: 'story' }>, { story: told, at }: WallContext): Outcome<MemoryChange> {
  if (!told || told.story.run !== act.run || told.story.step !== act.step) return refused('STATE_STEP');
  const { shown, parked, beneath } = memory;
  const { story, scene, tiles, moveMs } = told;
  const under = beneath?.picture ?? pictureOf(shown);
  const beforeStory: Kept = memory.beforeStory ?? (beneath ? { picture: beneath.picture, parked: beneath.parked } : { picture: pictureOf(shown), parked });
  const to = told.camera ?? under.camera.to;
  const camera = { from: cameraAt(under.camera, at), to, startAt: at, durationMs: moveMs };
  const spotlight = told.spotlight === null ? null : { tile: told.spotlight };
  const picture = { ...under, scene, tiles, camera, tour: null, spotlight, frozenAt: null, identify: false, testCard: undefined };
  const isPast = shown.mode === 'replay';
  const said = isPast ? { story } : { story, mode: modeOf(story) };
  const after = isPast ? { modeBefore: modeOf(story), beforeStory } : { beforeStory };
  if (beneath) return okay({ shown: said, ...after, beneath: { picture: { ...picture, composed: undefined }, parked: [], past: [] } });
  return okay({ shown: { ...restore(picture), ...said }, parked: [], ...after });
}

/** Gives the wall back as it was before the scenario. Fails: STATE_STEP when this run does not have it. */
export function endStory(memory: WallMemory, act: Extract<WallAct, { do: 'story-end' }>, { story }: WallContext): Outcome<MemoryChange> {
  const { shown, beforeStory, beneath } = memory;
  if (!story || !beforeStory || shown.story?.run !== act.run) return refused('STATE_STEP');
  const isPast = shown.mode === 'replay';
  const over = isPast ? { story: undefined } : { story: undefined, mode: 'live' as const };
  const after = isPast ? { modeBefore: 'live' as const, beforeStory: undefined } : { beforeStory: undefined };
  if (beneath) return okay({ shown: over, ...after, beneath: { ...beforeStory, past: [] } });
  return okay({ shown: { ...restore(beforeStory.picture), ...over }, parked: beforeStory.parked, ...after });
}
