import type { MapPick } from '../../map/index.ts';
import type { Desk } from './desk.svelte.ts';
import type { DeskMap } from './deskMap.svelte.ts';

/** A touched mark opens its panel; a group of several is looked at more closely. */
export function onMapPick(pick: MapPick, desk: Desk, map: DeskMap): void {
  const [only, ...others] = pick.ids;
  if (only === undefined) return;
  if (others.length === 0) {
    desk.pick(pick.kind, only);
    return;
  }
  const first = desk.live.topic('feedback').items.find(({ id }) => id === only)?.position;
  if (first) map.flyTo(first);
}
