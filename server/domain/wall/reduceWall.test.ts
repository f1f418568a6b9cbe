import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Principal } from '#contract/roles.ts';
import type { WallAct } from '#contract/wall.ts';
import { loadLayouts } from '../../../layouts/load.ts';
import { CONTROL_MS, UNDO_STEPS, type WallMemory } from './memory.ts';
import { releaseControl, takeControl } from './control.ts';
import { openWall, reduceWall } from './reduceWall.ts';
import { canonicalJson, stateHash } from './stateHash.ts';
import { tourDueAt } from './tour.ts';

const layouts = await loadLayouts(fileURLToPath(new URL('../../../layouts/', import.meta.url)));
const profile = layouts.walls.get('w2x2')!;
const person = (id: string): Principal => ({ kind: 'person', id, name: id, roles: ['operator'], units: null });
const [lan, minh] = [person('lan'), person('minh')];
const clockwork: Principal = { kind: 'system', id: 'system-tour', name: 'tour', roles: [], units: null };
const context = (at: number, actor = lan) => ({ profile, scenes: layouts.scenes, tours: layouts.tours, at, actor });

function opened(): WallMemory {
  const outcome = openWall(profile, 'toan-canh', context(0, clockwork));
  if (!outcome.ok) throw new Error(outcome.fault.code);
  return outcome.value;
}
function done(memory: WallMemory, act: WallAct, at: number, actor = lan): WallMemory {
  const outcome = reduceWall(memory, act, context(at, actor));
  if (!outcome.ok) throw new Error(outcome.fault.code);
  return outcome.value;
}

const tileName = fc.constantFrom('map', 'alerts', 'clock', 'none');
const camera = { center: [108.25, 16.02] as [number, number], zoom: 15, bearing: 20, pitch: 0 };
const anyAct: fc.Arbitrary<WallAct> = fc.oneof(
  fc.constantFrom<WallAct>(
    { do: 'scene', scene: 'toan-canh' }, { do: 'scene', scene: 'phan-anh-hien-truong' }, { do: 'scene', scene: 'none' }, { do: 'tour', tour: 'vong-chinh' },
    { do: 'tour-pause' }, { do: 'tour-resume' }, { do: 'tour-next' }, { do: 'tour-stop' }, { do: 'return' }, { do: 'undo' }, { do: 'camera', to: camera },
    { do: 'blank', on: true }, { do: 'blank', on: false }, { do: 'freeze', on: true }, { do: 'freeze', on: false }, { do: 'identify', on: true }, { do: 'spotlight', tile: null },
  ),
  tileName.map((tile): WallAct => ({ do: 'push', tile, widget: 'camera', settings: { camera: 'cam-1' }, why: 'Cảnh báo al-1' })),
  tileName.map((tile): WallAct => ({ do: 'return', tile })),
  tileName.map((tile): WallAct => ({ do: 'spotlight', tile })),
);
const anyActs = fc.array(fc.record({ act: anyAct, afterMs: fc.nat(20_000) }), { maxLength: 25 });

function play(acts: readonly { act: WallAct; afterMs: number }[]): WallMemory {
  let at = 0;
  return acts.reduce((memory, { act, afterMs }) => {
    at += afterMs;
    const outcome = reduceWall(memory, act, context(at));
    return outcome.ok ? outcome.value : memory;
  }, opened());
}

test('the same acts give the same picture', () => {
  fc.assert(
    fc.property(anyActs, (acts) => {
      expect(stateHash(play(acts).shown)).toBe(stateHash(play(structuredClone(acts)).shown));
    }),
  );
});

test('what was pushed and given back leaves no trace in the picture', () => {
  fc.assert(
    fc.property(anyActs, fc.array(fc.nat(10), { minLength: 1, maxLength: 4 }), (acts, choices) => {
      const before = play(acts);
      const tiles = choices.map((choice) => before.shown.tiles[choice % before.shown.tiles.length]!.id);
      let memory = before;
      for (const tile of tiles) memory = done(memory, { do: 'push', tile, widget: 'alert-focus', settings: { alert: 'al-1' } }, 900_000);
      expect(stateHash(memory.shown)).not.toBe(stateHash(before.shown));
      for (const tile of tiles) memory = done(memory, { do: 'return', tile }, 1_000_000);
      expect(stateHash(memory.shown)).toBe(stateHash(before.shown));
      expect(memory.parked).toEqual(before.parked);
    }),
  );
});

test('every act can be undone, and nothing is changed in place', () => {
  fc.assert(
    fc.property(anyActs, anyAct, (acts, act) => {
      const before = play(acts);
      const frozen = canonicalJson(before);
      const outcome = reduceWall(before, act, context(2_000_000));
      expect(canonicalJson(before)).toBe(frozen);
      if (!outcome.ok || act.do === 'undo') return;
      const undone = done(outcome.value, { do: 'undo' }, 2_000_001);
      expect(stateHash(undone.shown)).toBe(stateHash(before.shown));
      expect(undone.parked).toEqual(before.parked);
    }),
  );
});

test('at least twenty acts can be undone', () => {
  const first = opened();
  let memory = first;
  for (let step = 0; step < 20; step++) memory = done(memory, { do: 'identify', on: step % 2 === 0 }, step);
  for (let step = 0; step < 20; step++) memory = done(memory, { do: 'undo' }, 100 + step);
  expect(stateHash(memory.shown)).toBe(stateHash(first.shown));
  expect(UNDO_STEPS).toBeGreaterThanOrEqual(20);
  expect(reduceWall(memory, { do: 'undo' }, context(200))).toMatchObject({ ok: false, fault: { code: 'STATE_STEP' } });
});

test('revisions rise by one with every change', () => {
  const memory = done(done(opened(), { do: 'blank', on: true }, 1), { do: 'undo' }, 2);
  expect(memory.shown.rev).toBe(3);
});

test('a tour moves on at its time, waits for what was pushed, and rests after an act', () => {
  let memory = done(opened(), { do: 'tour', tour: 'vong-chinh' }, 1000);
  expect(tourDueAt(memory)).toBe(61_000);
  memory = done(memory, { do: 'tour-next' }, 61_000, clockwork);
  expect(memory.shown).toMatchObject({ scene: 'an-ninh-giao-thong', tour: { index: 1, nextAt: 106_000 } });
  const pushed = done(memory, { do: 'push', tile: 'map', widget: 'camera', settings: {} }, 100_000);
  expect(tourDueAt(pushed)).toBeUndefined();
  expect(tourDueAt(done(pushed, { do: 'return' }, 150_000))).toBe(155_000);
  const paused = done(memory, { do: 'tour-pause' }, 70_000);
  expect(tourDueAt(paused)).toBeUndefined();
  expect(tourDueAt(done(paused, { do: 'tour-resume' }, 80_000))).toBe(125_000);
  const last = done(done(memory, { do: 'tour-next' }, 106_000, clockwork), { do: 'tour-next' }, 151_000, clockwork);
  expect(last.shown).toMatchObject({ scene: 'toan-canh', tour: { index: 0 } });
  expect(tourDueAt(done(last, { do: 'scene', scene: 'toan-canh' }, 152_000))).toBeUndefined();
});

test('a camera that is caught while moving goes on from where it is', () => {
  const first = done(opened(), { do: 'camera', to: camera, durationMs: 1000 }, 1000);
  const caught = done(first, { do: 'camera', to: first.shown.camera.from, durationMs: 1000 }, 1500);
  expect(caught.shown.camera.from.zoom).toBeCloseTo((first.shown.camera.from.zoom + 15) / 2);
});

test.each<[WallAct, string]>([
  [{ do: 'scene', scene: 'constructor' }, 'WALL_SCENE'],
  [{ do: 'push', tile: 'none', widget: 'camera', settings: {} }, 'WALL_SCENE'],
  [{ do: 'spotlight', tile: 'none' }, 'WALL_SCENE'],
  [{ do: 'return' }, 'STATE_STEP'],
  [{ do: 'tour-next' }, 'STATE_STEP'],
  [{ do: 'tour', tour: 'none' }, 'WALL_SCENE'],
])('%j is refused with %s', (act, code) => {
  expect(reduceWall(opened(), act, context(1))).toMatchObject({ ok: false, fault: { code } });
});

test('control belongs to who acts, runs out, and is handed over by force only', () => {
  const held = done(opened(), { do: 'blank', on: true }, 1000);
  expect(held.shown.control).toEqual({ id: 'lan', name: 'lan', until: 1000 + CONTROL_MS });
  const refusal = { ok: false, fault: { code: 'WALL_TAKEN', detail: 'lan' } };
  expect(reduceWall(held, { do: 'blank', on: false }, context(2000, minh))).toMatchObject(refusal);
  expect(takeControl(held, { actor: minh, at: 2000 }, false)).toMatchObject(refusal);
  expect(releaseControl(held, { actor: minh, at: 2000 })).toMatchObject(refusal);
  expect(takeControl(held, { actor: minh, at: 2000 }, true)).toMatchObject({ ok: true, value: { shown: { control: { id: 'minh' } } } });
  expect(releaseControl(held, { actor: lan, at: 2000 })).toMatchObject({ ok: true, value: { shown: { control: null } } });
  expect(reduceWall(held, { do: 'blank', on: false }, context(1001 + CONTROL_MS, minh)).ok).toBe(true);
});
