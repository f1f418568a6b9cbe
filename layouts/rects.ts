import type { Rect } from '#contract/wall.ts';

/** Size of a canvas. Units: pixels. */
export type Size = readonly [width: number, height: number];

/** A rectangle on another canvas. Edges are rounded, not sizes, so neighbours stay neighbours. Units: pixels. */
export function scaleRect(rect: Rect, from: Size, to: Size): Rect {
  const [left, right] = [rect.x, rect.x + rect.width].map((x) => Math.round((x * to[0]) / from[0])) as [number, number];
  const [top, bottom] = [rect.y, rect.y + rect.height].map((y) => Math.round((y * to[1]) / from[1])) as [number, number];
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

/** What two rectangles share, or undefined. */
export function intersect(a: Rect, b: Rect): Rect | undefined {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}

/** Whether two rectangles are the same one. */
export const isSameRect = (a: Rect, b: Rect): boolean => a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

/** Whether `inner` lies wholly on the canvas. */
export function isInside(inner: Rect, canvas: Size): boolean {
  return inner.x >= 0 && inner.y >= 0 && inner.x + inner.width <= canvas[0] && inner.y + inner.height <= canvas[1];
}

/**
 * What one output draws of one tile.
 * Shape: `onOutput` is where it lies in the output's own pixels; `ofTile` is the same piece in the tile's own pixels.
 */
export function pieceOnOutput(tile: Rect, output: Rect): { onOutput: Rect; ofTile: Rect } | undefined {
  const piece = intersect(tile, output);
  if (!piece) return undefined;
  return { onOutput: { ...piece, x: piece.x - output.x, y: piece.y - output.y }, ofTile: { ...piece, x: piece.x - tile.x, y: piece.y - tile.y } };
}
