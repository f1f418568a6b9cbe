import type { Position } from '#contract/base.ts';
import { distanceM } from '../../../geo/distance.ts';

/** A thing with how far it lies from a place. Units: metres. */
export interface Near<Item> {
  item: Item;
  distanceM: number;
}

/** Things around a place, nearest first. Units: metres. */
export function nearest<Item extends { id: string; position: Position | null }>(items: readonly Item[], place: Position, { withinM, most, except }: { withinM: number; most: number; except: string }): Near<Item>[] {
  return items
    .flatMap((item) => (item.position === null || item.id === except ? [] : [{ item, distanceM: distanceM(item.position, place) }]))
    .filter((near) => near.distanceM <= withinM)
    .sort((a, b) => a.distanceM - b.distanceM)
    .slice(0, most);
}
