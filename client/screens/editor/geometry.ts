import type { Rect, Tile, WallProfile } from '#contract/wall.ts';
import { bodyLines, fontPx, TEXT_ARC_MINUTES } from '../../../layouts/arcMinutes.ts';
import { intersect, isInside, type Size } from '../../../layouts/rects.ts';

/** Which edges of a tile a drag moves; `move` keeps its size. */
export type Grip = 'move' | 'n' | 's' | 'e' | 'w' | 'ne' | 'nw' | 'se' | 'sw';
export const GRIPS: readonly Exclude<Grip, 'move'>[] = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'];

/** Smallest tile a person can draw. Units: wall pixels. */
const LEAST_PX = 120;
const MEAN_LETTER_EM = 0.54;
const LEAST_LINES = 3;
const LEAST_LETTERS = 14;

/** Positions that edges snap to. Units: wall pixels. */
export interface Guides {
  x: readonly number[];
  y: readonly number[];
}

const edges = (rects: readonly Rect[], size: Size): Guides => ({
  x: [...new Set([0, size[0], ...rects.flatMap(({ x, width }) => [x, x + width])])],
  y: [...new Set([0, size[1], ...rects.flatMap(({ y, height }) => [y, y + height])])],
});

/** Edges and middles of the outputs, and edges of the other tiles. */
export function guidesOf(profile: Pick<WallProfile, 'outputs'>, tiles: readonly Tile[], moved: string, size: Size): Guides {
  const outputs = profile.outputs.map(({ rect }) => rect);
  const halves = outputs.flatMap((rect) => [{ ...rect, width: rect.width / 2 }, { ...rect, height: rect.height / 2 }]);
  return edges([...outputs, ...halves, ...tiles.filter(({ id }) => id !== moved).map(({ rect }) => rect)], size);
}

const nearest = (value: number, guides: readonly number[], within: number): number | undefined =>
  guides.filter((guide) => Math.abs(guide - value) <= within).sort((a, b) => Math.abs(a - value) - Math.abs(b - value))[0];
const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

function dragEdges(start: number, length: number, by: number, sides: { start: boolean; end: boolean }, guides: readonly number[], limit: number, within: number): [start: number, length: number] {
  if (sides.start && sides.end) {
    const from = clamp(Math.round(start + by), 0, limit - length);
    const snapped = [nearest(from, guides, within), nearest(from + length, guides, within)];
    const to = snapped[0] ?? (snapped[1] === undefined ? from : snapped[1] - length);
    return [clamp(to, 0, limit - length), length];
  }
  if (sides.start) {
    const at = clamp(Math.round(start + by), 0, start + length - LEAST_PX);
    const to = clamp(nearest(at, guides, within) ?? at, 0, start + length - LEAST_PX);
    return [to, start + length - to];
  }
  if (!sides.end) return [start, length];
  const at = clamp(Math.round(start + length + by), start + LEAST_PX, limit);
  const to = clamp(nearest(at, guides, within) ?? at, start + LEAST_PX, limit);
  return [start, to - start];
}

/** A tile after a drag, its edges drawn to the guides that are near. Units: wall pixels. */
export function dragRect(rect: Rect, grip: Grip, by: { x: number; y: number }, guides: Guides, size: Size, within: number): Rect {
  const isMove = grip === 'move';
  const [x, width] = dragEdges(rect.x, rect.width, by.x, { start: isMove || grip.includes('w'), end: isMove || grip.includes('e') }, guides.x, size[0], within);
  const [y, height] = dragEdges(rect.y, rect.height, by.y, { start: isMove || grip.includes('n'), end: isMove || grip.includes('s') }, guides.y, size[1], within);
  return { x, y, width, height };
}

/** The place of the first gap that holds a new tile of this size, else the corner. */
export function freePlace(tiles: readonly Tile[], guides: Guides, wanted: { width: number; height: number }, size: Size): Rect {
  for (const y of [...guides.y].sort((a, b) => a - b)) {
    for (const x of [...guides.x].sort((a, b) => a - b)) {
      const rect = { x: Math.round(x), y: Math.round(y), ...wanted };
      if (isInside(rect, size) && !tiles.some((tile) => intersect(tile.rect, rect))) return rect;
    }
  }
  return { x: 0, y: 0, ...wanted };
}

export interface DrawingFault {
  tile: string;
  code: 'overlap' | 'outside' | 'duplicate';
  other?: string;
}

/** What would be refused: tiles over each other, off the wall, or of one name. */
export function drawingFaults(tiles: readonly Tile[], size: Size): DrawingFault[] {
  return tiles.flatMap(({ id, rect }, index) => {
    const before = tiles.slice(0, index);
    const over = before.filter((other) => intersect(other.rect, rect)).map((other): DrawingFault => ({ tile: id, code: 'overlap', other: other.id }));
    return [...over, ...(isInside(rect, size) ? [] : [{ tile: id, code: 'outside' as const }]), ...(before.some((other) => other.id === id) ? [{ tile: id, code: 'duplicate' as const }] : [])];
  });
}

export interface Legibility {
  /** Font of the smallest permitted text. Units: wall pixels. */
  smallestPx: number;
  lines: number;
  letters: number;
  isPoor: boolean;
}

/** What a tile can hold for the farthest viewer: lines and letters of body text under its title. */
export function legibilityOf(rect: Rect, viewing: Pick<WallProfile, 'farthestViewerM' | 'pitchMm'>): Legibility {
  const bodyPx = fontPx(TEXT_ARC_MINUTES.body, viewing);
  const lines = Math.max(0, bodyLines(rect.height, viewing) - 1);
  const letters = Math.floor((rect.width - bodyPx) / (bodyPx * MEAN_LETTER_EM));
  return { smallestPx: Math.round(fontPx(TEXT_ARC_MINUTES.floor, viewing)), lines, letters, isPoor: lines < LEAST_LINES || letters < LEAST_LETTERS };
}
