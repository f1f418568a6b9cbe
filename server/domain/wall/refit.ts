import { okay, refused, type Outcome } from '#contract/faults.ts';
import { fitScene } from '../../../layouts/fit.ts';
import type { WallContext } from './reduceWall.ts';
import type { WallMemory } from './memory.ts';

/** The same wall after its scene or profile was edited: new tiles, nothing parked, the same tour and control. While an alert has the wall, what it covers is fitted. Fails: WALL_SCENE when the scene is gone. */
export function refitWall(memory: WallMemory, { profile, scenes, at, actor, why = '' }: WallContext): Outcome<WallMemory> {
  const { beneath } = memory;
  const scene = scenes.get(beneath?.picture.scene ?? memory.shown.scene);
  if (!scene) return refused('WALL_SCENE', { detail: memory.shown.scene });
  const { tiles, camera } = fitScene(scene, profile);
  if (beneath) {
    const to = camera ?? beneath.picture.camera.to;
    const picture = { ...beneath.picture, tiles, camera: { from: to, to, startAt: at, durationMs: 0 }, spotlight: null };
    return okay({ ...memory, shown: { ...memory.shown, rev: memory.shown.rev + 1, changedBy: actor.name, changedAt: at, why }, beneath: { picture, parked: [], past: [] } });
  }
  const to = camera ?? memory.shown.camera.to;
  const shown = { ...memory.shown, rev: memory.shown.rev + 1, tiles, camera: { from: to, to, startAt: at, durationMs: 0 }, spotlight: null, changedBy: actor.name, changedAt: at, why };
  return okay({ ...memory, shown, parked: [], past: [] });
}
