import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { WallState } from '#contract/wall.ts';
import { loadLayouts } from '../../../layouts/load.ts';
import { forkOf, type Arrival } from './forking.ts';
import { createHeadless } from './headless.ts';

const layouts = await loadLayouts(fileURLToPath(new URL('../../../layouts', import.meta.url)));
const scenes = new Map([...layouts.stages, ...layouts.scenes]);
const wall = layouts.walls.get('w2x2')!;
const studio = { profile: wall, scenes, cameraRef: () => undefined };
const START = Date.UTC(2026, 9, 1, 7, 30);
const name = { vi: 'Giờ đã qua', en: 'A past hour' };
const span = { fromAt: START, toAt: START + 600_000 };
const { story: _story, ...shown } = createHeadless([...layouts.scenarios.values()][0]!, wall, scenes).shown();
const line = (seconds: number, scene: string, more: Partial<WallState> = {}) => ({ at: START + seconds * 1000, act: 'scene', why: '', state: { ...shown, mode: 'live' as const, scene, tiles: scenes.get(scene)!.tiles, ...more } });
const alert = (seconds: number, level: number, more: object = {}): Arrival => ({ topic: 'alert', at: START + seconds * 1000, body: { id: 'al-7', kind: 'flood', level, title: `Ngập ${seconds}`, text: null, unit: '20242', position: [108.2, 16.05], state: 'closed', owner: { id: 'x', name: 'Lan' }, ...more } });

test('what held at the beginning opens it, what was shown follows at its own second, and what came is sent again', () => {
  const forked = forkOf([line(-900, 'y-te'), line(120, 'an-ninh-giao-thong'), line(300, 'toan-canh', { mode: 'rehearsal' })], [alert(60, 1), alert(150, 2)], span, 'lam-lai', name, studio)!;
  expect(forked.clock).toEqual({ starts: '14:30', lengthS: 600 });
  expect(forked.steps.map(({ at, scene, on }) => [at, scene, on])).toEqual([[0, 'y-te', 'time'], [120, 'an-ninh-giao-thong', 'time']]);
  expect(forked.steps.map(({ inject }) => inject)).toEqual([
    [{ topic: 'alert', ref: 'lai-1-1', afterS: 60, item: { kind: 'flood', level: 1, title: 'Ngập 60', unit: '20242', position: [108.2, 16.05] } }],
    [{ topic: 'alert', ref: 'lai-2-1', afterS: 30, item: { kind: 'flood', level: 2, title: 'Ngập 150', unit: '20242', position: [108.2, 16.05] } }],
  ]);
  const played = createHeadless(forked, wall, scenes);
  played.seek(600_000);
  expect([played.shown().scene, played.sent()]).toEqual(['an-ninh-giao-thong', ['lai-1-1', 'lai-2-1']]);
});

test('what was shown first opens it when nothing was known before', () => {
  const forked = forkOf([line(95, 'y-te'), line(200, 'toan-canh')], [], span, 'lam-lai', name, studio)!;
  expect(forked.steps.map(({ at, scene }) => [at, scene])).toEqual([[0, 'y-te'], [200, 'toan-canh']]);
});

test('acts that change nothing of the picture are no steps', () => {
  const forked = forkOf([line(-10, 'y-te'), line(30, 'y-te', { identify: true }), line(120, 'toan-canh'), line(130, 'toan-canh')], [], span, 'lam-lai', name, studio)!;
  expect(forked.steps.map(({ at, scene }) => [at, scene])).toEqual([[0, 'y-te'], [120, 'toan-canh']]);
});

test('more than a step can send goes on in further steps of the same picture, and all of it comes', () => {
  const forked = forkOf([line(-1, 'toan-canh'), line(400, 'y-te')], Array.from({ length: 100 }, (_, nth) => alert(nth + 1, 3)), span, 'lam-lai', name, studio)!;
  expect(forked.steps.map(({ id, at, scene, chapter, inject }) => [id, at, scene, chapter !== undefined, inject?.length ?? 0])).toEqual([
    ['canh-1', 0, 'toan-canh', true, 40], ['canh-2', 41, 'toan-canh', false, 40], ['canh-3', 81, 'toan-canh', false, 20], ['canh-4', 400, 'y-te', true, 0],
  ]);
  expect(forked.steps[1]!.inject![0]).toMatchObject({ ref: 'lai-2-1', afterS: 0, item: { title: 'Ngập 41' } });
  const played = createHeadless(forked, wall, scenes);
  played.seek(600_000);
  expect(played.sent()).toHaveLength(100);
});

test('of more than a step can send in one second the least urgent are left out, and it is said', () => {
  const forked = forkOf([line(-1, 'toan-canh')], Array.from({ length: 50 }, (_, nth) => alert(0.5 + nth / 1000, nth === 49 ? 1 : 3)), span, 'lam-lai', name, studio)!;
  expect(forked.steps[0]!.inject).toHaveLength(40);
  expect(forked.steps[0]!.inject!.at(-1)!.item.level).toBe(1);
  expect(forked.steps[0]!.notes.en).toContain('10 less urgent items were left out.');
});

test('a wall that showed nothing of its own gives no scenario', () => {
  expect(forkOf([], [alert(1, 1)], span, 'lam-lai', name, studio)).toBeUndefined();
});
