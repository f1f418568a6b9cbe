import type { Position } from '#contract/base.ts';
import { fromWorldPx, toWorldPx } from '../../geo/mercator.ts';

/** Points that stand too close to be told apart, as one mark. */
export interface Cluster<Item> {
  id: string;
  position: Position;
  items: Item[];
}

/**
 * Groups points by a fixed grid of the world, so that every output of a wall makes the same groups.
 * Every point is in exactly one group: the counts sum to the total. Units: pixels at `zoom`.
 */
export function clusterOf<Item extends { position: Position }>(items: readonly Item[], zoom: number, cellPx: number): Cluster<Item>[] {
  const level = Math.floor(zoom);
  const cells = new Map<string, { sumX: number; sumY: number; items: Item[] }>();
  for (const item of items) {
    const [x, y] = toWorldPx(item.position, level);
    const name = `${Math.floor(x / cellPx)}:${Math.floor(y / cellPx)}`;
    const cell = cells.get(name) ?? { sumX: 0, sumY: 0, items: [] };
    cells.set(name, cell);
    cell.sumX += x;
    cell.sumY += y;
    cell.items.push(item);
  }
  return [...cells].map(([name, cell]) => ({
    id: `${level}/${name}`,
    position: fromWorldPx([cell.sumX / cell.items.length, cell.sumY / cell.items.length], level),
    items: cell.items,
  }));
}
