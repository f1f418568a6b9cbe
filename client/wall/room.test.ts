import { expect, test } from 'vitest';
import type { WallProfile } from '#contract/wall.ts';
import { fitWall, outputOf, wallRect } from './room.ts';

const profile = { width: 3840, height: 1080, outputs: [{ id: 'r1c1', rect: { x: 0, y: 0, width: 1920, height: 1080 } }] } as WallProfile;

test('a wall fits its page and stands in the middle', () => {
  expect(fitWall(profile, { width: 1920, height: 1080 })).toEqual({ scale: 0.5, left: 0, top: 270 });
});

test('an output is found by its name, or not at all', () => {
  expect(outputOf(profile, 'r1c1')?.rect.width).toBe(1920);
  expect(outputOf(profile, 'r9c9')).toBeUndefined();
  expect(wallRect(profile)).toEqual({ x: 0, y: 0, width: 3840, height: 1080 });
});
