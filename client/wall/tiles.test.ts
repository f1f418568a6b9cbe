import { expect, test } from 'vitest';
import type { Tile, WallState } from '#contract/wall.ts';
import { mountedTiles } from './tiles.ts';

const tile = (id: string, widget: string): Tile => ({ id, widget, rect: { x: 0, y: 0, width: 10, height: 10 } });
const state = (...tiles: Tile[]): WallState => ({ tiles }) as WallState;
const kept = new Set(['map']);

test('the next scene is made ready behind the present one, the map lives on', () => {
  const mounted = mountedTiles(state(tile('a', 'map'), tile('b', 'clock')), state(tile('x', 'map'), tile('y', 'text')), kept);
  expect(mounted.map(({ slot, tile: { id }, isShown }) => [slot, id, isShown])).toEqual([
    ['b:clock', 'b', true],
    ['map#0', 'a', true],
    ['y:text', 'y', false],
  ]);
});

test('without a next state only what is shown is mounted', () => {
  expect(mountedTiles(state(tile('b', 'clock')), null, kept)).toHaveLength(1);
  expect(mountedTiles(null, null, kept)).toEqual([]);
});
