import type { Scene, Tour, WallState } from '#contract/wall.ts';

/** The scene before or after the present one, round and round; within a running tour by its stops. */
export function neighbourScene(scenes: readonly Pick<Scene, 'id'>[], tour: Pick<Tour, 'stops'> | undefined, state: Pick<WallState, 'scene' | 'tour'>, by: 1 | -1): string | undefined {
  const ids = tour ? tour.stops.map(({ scene }) => scene) : scenes.map(({ id }) => id);
  const at = tour && state.tour ? state.tour.index : ids.indexOf(state.scene);
  return ids.length === 0 ? undefined : ids[(at + by + ids.length) % ids.length];
}
