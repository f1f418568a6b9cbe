import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Scenario, Step } from '#contract/scenario.ts';
import { loadLayouts } from '../../../layouts/load.ts';
import { isMadeUp, MADE_UP } from './madeUp.ts';
import { pictureOf } from './picture.ts';
import { startOf } from './playhead.ts';
import { tilesThatNeed } from './tileNeeds.ts';

const layouts = await loadLayouts(fileURLToPath(new URL('../../../layouts', import.meta.url)));
const scenes = new Map([...layouts.stages, ...layouts.scenes]);
const wall = layouts.walls.get('w2x2')!;
const words = (vi: string) => ({ vi, en: vi });
const step = (id: string, at: number, more: Partial<Step> = {}): Step => ({ id, at, scene: 'so-lieu', chapter: words(id), narration: words(`kể ${id}`), notes: words('·'), ...more });
const scenario = (kind: Scenario['kind'], ...steps: Step[]): Scenario => ({ schema: 1, id: 'thu', name: words('Thử'), summary: words('t'), kind, goals: [words('t')], clock: { starts: '08:00', lengthS: 100 }, steps });
const alert = { topic: 'alert' as const, ref: 'chay', item: { kind: 'fire' } };
const toldOf = (spec: Scenario, index: number, isRehearsal: boolean) =>
  pictureOf(spec, { ...startOf(1, true, []), step: index }, wall, scenes, { run: 'run-0', isRehearsal, bindings: { cameras: {}, things: {} } }, 0)!;

test('on real data the wall never tells what was only made up', () => {
  const spec = scenario('show', step('that', 0), step('gui', 10, { inject: [alert] }), step('hien', 20, { put: { a: { widget: 'alert-focus', settings: { alert: '$thing:chay' } } } }), step('loi', 30, { onRealData: { narration: words('lời khác'), put: { c: { widget: 'clock' } } } }));
  const told = (isRehearsal: boolean) => spec.steps.map((_, index) => toldOf(spec, index, isRehearsal).story.narration.vi);
  expect(told(true)).toEqual(['kể that', 'kể gui', 'kể hien', 'kể loi']);
  expect(told(false)).toEqual(['kể that', MADE_UP.vi, MADE_UP.vi, 'lời khác']);
  const tileC = (isRehearsal: boolean) => toldOf(spec, 3, isRehearsal).tiles.find(({ id }) => id === 'c')?.widget;
  expect([tileC(true), tileC(false)]).toEqual(['overdue-board', 'clock']);
  expect(isMadeUp({ kind: 'briefing' }, spec.steps[1]!)).toBe(false);
});

test('every shipped story has words of its own for the customer’s data', () => {
  const bare = [...layouts.scenarios.values()].filter(({ kind }) => kind !== 'training').flatMap((spec) => spec.steps.filter((one) => isMadeUp(spec, one) && !one.onRealData).map(({ id }) => `${spec.id} ${id}`));
  expect(bare).toEqual([]);
});

test('a tile stands on data unless the scenario sent it by then or a fallback takes its place', () => {
  const board = (kinds: string[]) => ({ widget: 'sensor-board', title: words(kinds.join()), settings: { kinds } });
  const rain = { topic: 'sensor' as const, ref: 'mua', item: { kind: 'rain' } };
  const spec = scenario('show', step('a', 0, { put: { a: board(['rain']), c: { widget: 'clock', title: words('giờ') } } }), step('b', 10, { inject: [rain], put: { a: board(['rain']), b: board(['wind']) } }), step('c', 20, { put: { a: board(['wind']), b: board(['rain']) }, fallback: { narration: words('chưa'), put: { a: { widget: 'clock' } } } }));
  expect(tilesThatNeed(spec).map(({ step: { id }, tile, asked }) => [id, tile.vi, asked])).toEqual([['a', 'rain', { what: 'sensors', kinds: ['rain'] }], ['b', 'wind', { what: 'sensors', kinds: ['wind'] }]]);
});
