import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Principal } from '#contract/roles.ts';
import type { WallAct } from '#contract/wall.ts';
import type { AlertFacts } from '#contract/wallRule.ts';
import { loadLayouts } from '../../../layouts/load.ts';
import { intersect, isInside } from '../../../layouts/rects.ts';
import { composeTiles, cutRect } from './compose.ts';
import type { WallMemory } from './memory.ts';
import { openWall, reduceWall } from './reduceWall.ts';
import { isDueBetween } from './schedule.ts';
import { stateHash } from './stateHash.ts';

const layouts = await loadLayouts(fileURLToPath(new URL('../../../layouts/', import.meta.url)));
const rules = [...layouts.rules.values()];
const lan: Principal = { kind: 'person', id: 'lan', name: 'lan', roles: ['operator'], units: null };
const product: Principal = { kind: 'system', id: 'system-rules', name: 'rules', roles: [], units: null };
const facts = (id: string, more: Partial<AlertFacts> = {}): AlertFacts => ({
  id, level: 1, kind: 'flood', title: `Ngập ${id}`, position: [108.2123, 16.0612], raisedAt: Number(id.slice(3)), isOpen: true,
  seeing: [{ id: 'cam-1', distanceM: 85 }], near: [{ id: 'cam-1', distanceM: 85 }, { id: 'cam-2', distanceM: 240.4 }], ...more,
});
const walls = ['w2x2', 'w3x2', 'w9x3'].map((id) => layouts.walls.get(id)!);
const contextOf = (wall: string, at: number, actor: Principal, known?: AlertFacts) => ({ profile: layouts.walls.get(wall)!, scenes: layouts.scenes, tours: layouts.tours, rules, at, actor, facts: known });

function opened(wall = 'w2x2'): WallMemory {
  const outcome = openWall(layouts.walls.get(wall)!, 'toan-canh', contextOf(wall, 0, product));
  return outcome.ok ? outcome.value : expect.unreachable(outcome.fault.code);
}
/** Through JSON, as the store does it. */
function done(memory: WallMemory, act: WallAct, at: number, { actor = product, known, wall = 'w2x2' }: { actor?: Principal; known?: AlertFacts; wall?: string } = {}): WallMemory {
  const outcome = reduceWall(JSON.parse(JSON.stringify(memory)) as WallMemory, act, contextOf(wall, at, actor, known));
  return outcome.ok ? outcome.value : expect.unreachable(`${act.do}: ${outcome.fault.code}`);
}
const compose = (memory: WallMemory, alert: AlertFacts, at: number, wall = 'w2x2') => done(memory, { do: 'compose', alert: alert.id }, at, { known: alert, wall });

test.each(walls)('on $id an alert is composed without gap or overlap, and every tile says why it is there', ({ id, width, height }) => {
  const { shown } = compose(opened(id), facts('al-1'), 1000, id);
  const area = shown.tiles.reduce((sum, { rect }) => sum + rect.width * rect.height, 0);
  expect(area).toBe(width * height);
  for (const [index, tile] of shown.tiles.entries()) {
    expect(isInside(tile.rect, [width, height])).toBe(true);
    expect(shown.tiles.slice(0, index).filter((other) => intersect(other.rect, tile.rect))).toEqual([]);
  }
  const composed = shown.tiles.filter((tile) => tile.id.startsWith('composed-'));
  expect(composed.map(({ widget }) => widget).sort()).toEqual(['alert-focus', 'camera', 'camera', 'feedback-list', 'map', 'response', 'text']);
  expect(composed.filter(({ why }) => !why)).toEqual([]);
  expect(composed.filter(({ widget }) => widget === 'camera').map(({ why }) => why)).toEqual(['camera nhìn thấy điểm, cách 85 m', 'camera gần nhất, cách 240 m, không thấy điểm']);
  expect(shown.camera.to).toMatchObject({ center: [108.2123, 16.0612], zoom: 16 });
});

test('release gives back the exact state, whatever was done before and meanwhile', () => {
  const before = fc.constantFrom<WallAct>({ do: 'tour', tour: 'vong-chinh' }, { do: 'scene', scene: 'phan-anh-hien-truong' }, { do: 'push', tile: 'map', widget: 'camera', settings: {} }, { do: 'identify', on: true }, { do: 'spotlight', tile: 'map' });
  const meanwhile = fc.constantFrom<WallAct>({ do: 'push', tile: 'composed-alert', widget: 'camera', settings: {} }, { do: 'spotlight', tile: 'composed-map' }, { do: 'undo' }, { do: 'return' }, { do: 'identify', on: false }, { do: 'camera', to: { center: [108, 16], zoom: 12, bearing: 0, pitch: 0 } });
  fc.assert(
    fc.property(fc.array(before, { maxLength: 5 }), fc.array(meanwhile, { maxLength: 6 }), (first, later) => {
      const play = (memory: WallMemory, acts: WallAct[], at: number) =>
        acts.reduce((now, act, index) => {
          const outcome = reduceWall(now, act, contextOf('w2x2', at + index, lan));
          return outcome.ok ? outcome.value : now;
        }, memory);
      const was = play(opened(), first, 1000);
      const composed = compose(was, facts('al-1'), 2000);
      expect(stateHash(composed.shown)).not.toBe(stateHash(was.shown));
      const back = done(play(composed, later, 3000), { do: 'release', alert: 'al-1' }, 9000);
      expect(stateHash(back.shown)).toBe(stateHash(was.shown));
      expect(back.parked).toEqual(was.parked);
      expect(back.past).toEqual(JSON.parse(JSON.stringify(was.past)));
    }),
    { numRuns: 60 },
  );
});

test('nine alerts: one has the wall, eight wait in order of urgency, and each gets its turn', () => {
  const start = opened();
  const all = Array.from({ length: 9 }, (_, index) => facts(`al-${index + 1}`));
  let memory = all.reduce((now, one, index) => compose(now, one, 1000 + index), start);
  expect(memory.shown.composed).toMatchObject({ alert: 'al-1', rule: 'canh-bao-do' });
  expect(memory.shown.waiting?.map(({ alert }) => alert)).toEqual(['al-2', 'al-3', 'al-4', 'al-5', 'al-6', 'al-7', 'al-8', 'al-9']);
  const order: (string | undefined)[] = [];
  for (let turn = 1; turn <= 9; turn++) {
    order.push(memory.shown.composed?.alert);
    memory = done(memory, { do: 'release' }, 5000 + turn, { known: all[turn] });
  }
  expect(order).toEqual(all.map(({ id }) => id));
  expect(stateHash(memory.shown)).toBe(stateHash(start.shown));
  expect(memory.shown.waiting).toBeUndefined();
});

test('an alert that is over leaves the line; a person may dismiss all of it', () => {
  const memory = compose(compose(compose(opened(), facts('al-1'), 1), facts('al-2'), 2), facts('al-3'), 3);
  expect(done(memory, { do: 'release', alert: 'al-2' }, 9).shown).toMatchObject({ composed: { alert: 'al-1' }, waiting: [{ alert: 'al-3' }] });
  const dismissed = done(memory, { do: 'release', all: true }, 9, { actor: lan });
  expect(dismissed.shown.composed ?? dismissed.shown.waiting).toBeUndefined();
  expect(dismissed.handled).toEqual(['al-1', 'al-2', 'al-3']);
});

test('a held wall only lines alerts up; a scene a person chooses is not taken away', () => {
  const frozen = compose(done(opened(), { do: 'freeze', on: true }, 1, { actor: lan }), facts('al-1'), 2);
  expect(frozen.shown).toMatchObject({ frozenAt: 1, waiting: [{ alert: 'al-1' }] });
  expect(frozen.shown.composed).toBeUndefined();
  const left = done(compose(compose(opened(), facts('al-1'), 1), facts('al-2'), 2), { do: 'scene', scene: 'toan-canh' }, 3, { actor: lan });
  expect(left.shown).toMatchObject({ scene: 'toan-canh', waiting: [{ alert: 'al-2' }] });
  const undone = done(left, { do: 'undo' }, 4, { actor: lan });
  expect(undone.shown.composed?.alert).toBe('al-1');
  expect(stateHash(done(undone, { do: 'release', all: true }, 5).shown)).toBe(stateHash(opened().shown));
});

test('what no rule lets through composes nothing by itself, but a person may', () => {
  const quiet = facts('al-1', { level: 3 });
  const refusal = (actor: Principal, memory: WallMemory, known: AlertFacts | undefined) => reduceWall(memory, { do: 'compose', alert: 'al-1' }, contextOf('w2x2', 1, actor, known));
  expect(refusal(product, opened(), quiet)).toMatchObject({ ok: false, fault: { code: 'WALL_SCENE' } });
  expect(refusal(product, opened(), undefined)).toMatchObject({ ok: false, fault: { code: 'STATE_STEP' } });
  expect(refusal(lan, opened(), quiet)).toMatchObject({ ok: true });
  const off = done(opened(), { do: 'rules', on: false }, 1, { actor: lan });
  expect(stateHash(off.shown)).toBe(stateHash(opened().shown));
  expect(refusal(product, off, facts('al-1'))).toMatchObject({ ok: false, fault: { code: 'STATE_STEP' } });
  expect(reduceWall(opened(), { do: 'release' }, contextOf('w2x2', 1, lan))).toMatchObject({ ok: false, fault: { code: 'STATE_STEP' } });
});

test('a part of the wall and the whole wall are recalled by name', () => {
  const pushed = done(opened(), { do: 'push', tile: 'alerts', widget: 'camera', settings: { camera: 'cam-1' } }, 1, { actor: lan });
  const saved = done(done(pushed, { do: 'save', name: 'ca-toi' }, 2, { actor: lan }), { do: 'save', name: 'goc', tiles: ['alerts'] }, 3, { actor: lan });
  expect(saved.shown.saved).toEqual(['ca-toi', 'goc']);
  const other = done(done(saved, { do: 'return' }, 4, { actor: lan }), { do: 'blank', on: true }, 5, { actor: lan });
  expect(stateHash(done(other, { do: 'recall', name: 'ca-toi' }, 6, { actor: lan }).shown)).toBe(stateHash(pushed.shown));
  const part = done(other, { do: 'recall', name: 'goc' }, 6, { actor: lan });
  expect(part.shown).toMatchObject({ blank: true });
  expect(part.shown.tiles.find(({ id }) => id === 'alerts')?.widget).toBe('camera');
  expect(reduceWall(other, { do: 'recall', name: 'khac' }, contextOf('w2x2', 7, lan))).toMatchObject({ ok: false, fault: { code: 'NOT_FOUND' } });
  expect(reduceWall(done(other, { do: 'scene', scene: 'phan-anh-hien-truong' }, 7, { actor: lan }), { do: 'save', name: 'x', tiles: ['none'] }, contextOf('w2x2', 8, lan))).toMatchObject({ ok: false, fault: { code: 'WALL_SCENE' } });
});

test('the same facts give the same layout', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 8 }), (seeing, near) => {
      const cameras = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => ({ id: `${prefix}-${index}`, distanceM: index * 10 }));
      const known = facts('al-1', { seeing: cameras('a', seeing), near: cameras('b', near) });
      const rule = rules.find(({ compose: found }) => found)!.compose!;
      const tiles = () => composeTiles(opened().shown.tiles, rule.walls['w2x2']!, rule, structuredClone(known));
      expect(tiles()).toEqual(tiles());
      expect(tiles().reduce((sum, { rect }) => sum + rect.width * rect.height, 0)).toBe(3840 * 2160);
    }),
  );
});

test('a rectangle is cut without loss', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 400, max: 9000 }), fc.integer({ min: 400, max: 4000 }), (count, width, height) => {
      const parts = cutRect({ x: 7, y: 9, width, height }, count);
      expect(parts).toHaveLength(count);
      expect(parts.reduce((sum, part) => sum + part.width * part.height, 0)).toBe(width * height);
    }),
  );
});

test('a time of the week comes once, in Việt Nam time', () => {
  const friday = { event: 'schedule' as const, days: [5], at: '14:30' };
  const moment = Date.UTC(2026, 10, 20, 7, 30);
  expect([isDueBetween(friday, moment - 1000, moment), isDueBetween(friday, moment, moment + 1000), isDueBetween({ ...friday, days: [4] }, moment - 1000, moment)]).toEqual([true, false, false]);
  expect(isDueBetween({ ...friday, at: '00:00' }, Date.UTC(2026, 10, 19, 16, 59), Date.UTC(2026, 10, 19, 17, 1))).toBe(true);
});
