import { expect, test } from 'vitest';
import type { Tile } from '#contract/wall.ts';
import { controlOf, pushOf, targetFor } from './wallTargets.ts';

const tile = (id: string, widget: string, width: number): Tile => ({ id, widget, rect: { x: 0, y: 0, width, height: 100 } });
const TILES = [tile('map', 'map', 900), tile('alerts', 'alert-list', 300), tile('cameras', 'camera-strip', 200), tile('text', 'text', 400)];

test('a camera goes where cameras are, anything else to the largest tile that is no map', () => {
  expect(targetFor(TILES, 'camera')?.id).toBe('cameras');
  expect(targetFor(TILES, 'alert-focus')?.id).toBe('text');
  expect(targetFor([tile('map', 'map', 900)], 'camera')?.id).toBe('map');
  expect(targetFor([], 'camera')).toBeUndefined();
});

test('cameras and alerts have a picture on the wall, a request has none', () => {
  expect(pushOf({ kind: 'camera', id: 'cam-1' })).toEqual({ widget: 'camera', settings: { camera: 'cam-1' } });
  expect(pushOf({ kind: 'alert', id: 'al-1' })).toEqual({ widget: 'alert-focus', settings: { alert: 'al-1' } });
  expect(pushOf({ kind: 'request', id: 'hr-1' })).toBeNull();
});

test('control that ran out is nobody’s', () => {
  const control = { id: 'u1', name: 'Trực ban', until: 100 };
  expect(controlOf({ control }, 'u1', 50)).toEqual({ holder: 'Trực ban', isMine: true });
  expect(controlOf({ control }, 'u2', 50)).toEqual({ holder: 'Trực ban', isMine: false });
  expect(controlOf({ control }, 'u1', 150)).toEqual({ holder: null, isMine: false });
  expect(controlOf(null, 'u1', 0)).toEqual({ holder: null, isMine: false });
});
