import { expect, test } from 'vitest';
import type { Rect } from '#contract/wall.ts';
import { footOf, marksAt } from './markPlace.ts';

const rect = (x: number, y: number, width: number, height: number): Rect => ({ x, y, width, height });
const displays = [rect(0, 0, 1920, 1080), rect(1920, 0, 1920, 1080), rect(0, 1080, 1920, 1080), rect(1920, 1080, 1920, 1080)];
const BODY_PX = 60;

test('a tile that ends where the mark of its display stands leaves that strip free, its neighbour does not', () => {
  expect(footOf(rect(0, 540, 1920, 540), displays, BODY_PX)).toBe(102);
  expect(footOf(rect(0, 0, 600, 1080), displays, BODY_PX)).toBe(0);
  expect(footOf(rect(0, 0, 1920, 540), displays, BODY_PX)).toBe(0);
  expect(footOf(rect(0, 0, 1920, 1040), displays, BODY_PX)).toBe(62);
});

test('a tile that goes on over the lower edge keeps its foot for its last display', () => {
  expect(footOf(rect(1920, 0, 1920, 2160), displays, BODY_PX)).toBe(102);
  expect(footOf(rect(1920, 540, 1920, 1080), displays, BODY_PX)).toBe(0);
});

test('marks leave the middle of a tile that fills a display and goes on below it', () => {
  const map = { rect: rect(1920, 0, 1920, 2160) };
  const list = { rect: rect(0, 0, 1920, 1080) };
  expect(displays.map((display) => marksAt(display, [map, list]))).toEqual(['bottom', 'top', 'bottom', 'bottom']);
  expect(marksAt(displays[1]!, [{ rect: rect(1920, 540, 1920, 1620) }])).toBe('bottom');
});
