import { expect, test } from 'vitest';
import type { Tile, WallState } from '#contract/wall.ts';
import { createTilePark, mountedInPast, mountedTiles, type PlacedTile } from './tiles.ts';

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

test('while the past is shown the tiles of the present wait as they are, and the map shows both in turn', () => {
  const present = state(tile('a', 'map'), tile('b', 'clock'));
  const mounted = mountedInPast(state(tile('x', 'map'), tile('b', 'clock')), present, kept);
  expect(mounted.map(({ slot, tile: { id }, isShown, isPast = false }) => [slot, id, isShown, isPast])).toEqual([
    ['b:clock', 'b', false, false],
    ['map#0', 'x', true, true],
    ['past b:clock', 'b', true, true],
  ]);
  const live = new Set(mountedTiles(present, null, kept).map(({ slot }) => slot));
  expect(mounted.filter(({ slot }) => live.has(slot)).map(({ slot }) => slot)).toEqual(['b:clock', 'map#0']);
});

test('before the past is known the present waits, and nothing is shown', () => {
  expect(mountedInPast(null, state(tile('a', 'map'), tile('b', 'clock')), kept).map(({ slot, isShown }) => [slot, isShown])).toEqual([['b:clock', false]]);
});

const placed = (slot: string, widget: string): PlacedTile => {
  const one = tile(slot, widget);
  return { slot, tile: one, isShown: true, part: one.rect, place: { rect: one.rect, part: one.rect, pixelRatio: 1, arcMinutePx: 1 } };
};

test('a map the wall does without waits, hidden and still, and comes back as the same one', () => {
  const park = createTilePark(kept);
  expect(park([placed('map#0', 'map'), placed('b:clock', 'clock')]).map(({ slot, isShown }) => [slot, isShown])).toEqual([['b:clock', true], ['map#0', true]]);
  const without = park([placed('a:camera', 'camera')]);
  expect(without.map(({ slot, isShown, place }) => [slot, isShown, place.isParked])).toEqual([['a:camera', true, undefined], ['map#0', false, true]]);
  expect(park([placed('a:camera', 'camera')])[1]).toBe(without[1]);
  expect(park([placed('map#0', 'map')]).map(({ slot, isShown, place }) => [slot, isShown, place.isParked])).toEqual([['map#0', true, undefined]]);
});

test('only one map waits, the one used last, and nothing else does', () => {
  const park = createTilePark(kept);
  park([placed('map#0', 'map'), placed('map#1', 'map'), placed('c:text', 'text')]);
  expect(park([]).map(({ slot }) => slot)).toEqual(['map#1']);
});
