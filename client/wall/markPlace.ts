import type { Rect, Tile } from '#contract/wall.ts';
import { intersect } from '../../layouts/rects.ts';

/** Room a mark of a rehearsal takes at the edge of its display. Units: widths of the letter m of body text. */
const MARK = { width: 7, height: 1.7 };

const bottomOf = ({ y, height }: Rect): number => y + height;

/** Marks of a display stand at its lower edge; where one tile fills the display and goes on below it, they would stand in the middle of that tile, so they go to the upper edge. */
export function marksAt(display: Rect, tiles: readonly Pick<Tile, 'rect'>[]): 'top' | 'bottom' {
  const foot: Rect = { x: display.x + Math.floor(display.width / 2), y: bottomOf(display) - 1, width: 1, height: 1 };
  const under = tiles.find(({ rect }) => intersect(rect, foot));
  return under && under.rect.y === display.y && bottomOf(under.rect) > bottomOf(display) ? 'top' : 'bottom';
}

/** What a tile leaves free at its foot so that the mark of a rehearsal covers nothing of it. Units: wall pixels. */
export function footOf(tile: Rect, displays: readonly Rect[], bodyPx: number): number {
  const height = Math.ceil(MARK.height * bodyPx);
  const width = Math.ceil(MARK.width * bodyPx);
  return displays
    .map((display): Rect => ({ x: Math.floor(display.x + (display.width - width) / 2), y: bottomOf(display) - height, width, height }))
    .filter((mark) => intersect(tile, mark) && bottomOf(tile) - bottomOf(mark) < height)
    .reduce((most, mark) => Math.max(most, bottomOf(tile) - mark.y), 0);
}
