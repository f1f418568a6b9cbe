import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Principal } from '#contract/roles.ts';
import type { WallAct } from '#contract/wall.ts';
import { loadLayouts } from '../../../layouts/load.ts';
import { pastAt } from '../../../layouts/replay.ts';
import { isFreeForAlerts } from './composing.ts';
import type { WallMemory } from './memory.ts';
import { openWall, reduceWall } from './reduceWall.ts';
import { stateHash } from './stateHash.ts';
import { tourDueAt } from './tour.ts';

const layouts = await loadLayouts(fileURLToPath(new URL('../../../layouts/', import.meta.url)));
const profile = layouts.walls.get('w2x2')!;
const lan: Principal = { kind: 'person', id: 'lan', name: 'lan', roles: ['operator'], units: null };
const product: Principal = { ...lan, kind: 'system', id: 'system-rules' };
const context = (at: number, actor = lan) => ({ profile, scenes: layouts.scenes, tours: layouts.tours, at, actor });
const tried = (memory: WallMemory, act: WallAct, at: number, actor = lan) => reduceWall(memory, act, context(at, actor));
function done(memory: WallMemory, act: WallAct, at: number, actor = lan): WallMemory {
  const outcome = tried(memory, act, at, actor);
  return outcome.ok ? outcome.value : expect.unreachable(outcome.fault.code);
}
const opened = openWall(profile, 'toan-canh', context(0));
const first = opened.ok ? opened.value : expect.unreachable(opened.fault.code);

test('a wall looks back and returns to exactly what it showed', () => {
  const before = done(first, { do: 'push', tile: 'map', widget: 'clock', settings: {} }, 1000);
  const back = done(before, { do: 'replay', at: 500, rate: 4, until: 900 }, 2000);
  expect(back.shown).toMatchObject({ mode: 'replay', replay: { at: 500, since: 2000, rate: 4, until: 900 } });
  expect(stateHash(back.shown)).not.toBe(stateHash(before.shown));
  const again = done(back, { do: 'replay', at: 700, rate: 0 }, 3000);
  const live = done(again, { do: 'live' }, 4000);
  expect(stateHash(live.shown)).toBe(stateHash(before.shown));
  expect(live.past).toEqual(before.past);
  expect(done(live, { do: 'undo' }, 5000).shown.tiles).toEqual(first.shown.tiles);
});

test('while it looks back only the replay itself is changed by people, and alerts wait', () => {
  const back = done(first, { do: 'replay', at: 500, rate: 1 }, 2000);
  for (const act of [{ do: 'scene', scene: 'giao-ban' }, { do: 'undo' }, { do: 'freeze', on: true }] as const) expect(tried(back, act, 3000)).toMatchObject({ fault: { code: 'WALL_REPLAY' } });
  expect(done(back, { do: 'blank', on: true }, 3000).shown.blank).toBe(true);
  expect(isFreeForAlerts(back.shown)).toBe(false);
  expect(done(back, { do: 'scene', scene: 'giao-ban' }, 3000, product).shown).toMatchObject({ mode: 'replay', scene: 'giao-ban' });
  expect(tried(first, { do: 'live' }, 3000)).toMatchObject({ fault: { code: 'STATE_STEP' } });
});

test('a tour stands still meanwhile and gets its whole time again', () => {
  const touring = done(first, { do: 'tour', tour: 'vong-chinh' }, 1000);
  const dwellMs = touring.shown.tour!.nextAt - 1000;
  const back = done(touring, { do: 'replay', at: 500, rate: 1 }, 2000);
  expect(tourDueAt(back)).toBeUndefined();
  expect(done(back, { do: 'live' }, 500_000).shown.tour).toEqual({ ...touring.shown.tour!, nextAt: 500_000 + dwellMs });
});

test('the moment shown is a pure function of server time', () => {
  const clock = { at: 1000, since: 50_000, rate: 20 };
  expect(pastAt(clock, 49_000)).toBe(1000);
  expect(pastAt(clock, 50_100)).toBe(3000);
  expect(pastAt({ ...clock, rate: 0 }, 90_000)).toBe(1000);
  expect(pastAt({ ...clock, until: 2000 }, 90_000)).toBe(2000);
});
