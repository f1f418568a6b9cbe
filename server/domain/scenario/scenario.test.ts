import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Scenario } from '#contract/scenario.ts';
import { fitScene } from '../../../layouts/fit.ts';
import { loadLayouts } from '../../../layouts/load.ts';
import { createHeadless } from './headless.ts';
import { pictureOf } from './picture.ts';
import { planOf } from './plan.ts';
import { advance, seek, startOf } from './playhead.ts';
import { recordingOf } from './recording.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const layouts = await loadLayouts(`${ROOT}layouts`);
const scenes = new Map([...layouts.stages, ...layouts.scenes]);
const wall = layouts.walls.get('w2x2')!;
const studio = { profile: wall, scenes, cameraRef: (id: string) => (id === 'cam-7' ? 'cau-rong-1' : undefined) };
const CHECKPOINTS = 48;
const shipped = [...layouts.scenarios.values()];

/** Hashes at every checkpoint, ticking as a clock of this rate would. */
function hashes(scenario: Scenario, tickMs: number): string[] {
  const played = createHeadless(scenario, wall, scenes);
  const everyMs = Math.floor((scenario.clock.lengthS * 1000) / CHECKPOINTS);
  return Array.from({ length: CHECKPOINTS }, () => {
    for (let left = everyMs; left > 0; left -= tickMs) played.advance(Math.min(tickMs, left));
    return played.hash();
  });
}

describe.each(shipped.map((scenario) => ({ id: scenario.id, scenario })))('$id', ({ scenario }) => {
  test('plays to its end on every wall, and every step is shown', () => {
    for (const profile of layouts.walls.values()) {
      const played = createHeadless(scenario, profile, scenes);
      const seen = new Set([played.shown().story!.step]);
      while (played.head().phase !== 'ended') {
        played.advance(1000);
        seen.add(played.shown().story!.step);
      }
      expect([...seen]).toEqual(scenario.steps.map(({ id }) => id));
      const planned = planOf(scenario).events.flatMap((event) => (event.what === 'send' ? [event.sent.ref] : []));
      expect(played.sent()).toEqual(planned);
    }
  });

  test('is the same at 1×, at 20× and by random seeks', () => {
    const slow = hashes(scenario, 100);
    expect(hashes(scenario, 2000)).toEqual(slow);
    const everyMs = Math.floor((scenario.clock.lengthS * 1000) / CHECKPOINTS);
    const jumping = createHeadless(scenario, wall, scenes);
    fc.assert(
      fc.property(fc.shuffledSubarray(Array.from({ length: CHECKPOINTS }, (_, nth) => nth), { minLength: CHECKPOINTS }), (order) => {
        for (const nth of order) {
          jumping.seek((nth + 1) * everyMs);
          expect(jumping.hash()).toBe(slow[nth]);
        }
      }),
      { numRuns: 3, seed: 7 },
    );
  });

  test('says everything in both languages, short enough for the wall', () => {
    for (const { narration, fallback } of scenario.steps) {
      for (const words of [narration, ...(fallback ? [fallback.narration] : [])]) for (const text of Object.values(words)) expect(text.length, text).toBeLessThanOrEqual(170);
    }
  });
});

test('two fresh processes come to the same states', { timeout: 60_000 }, () => {
  const run = () => execFileSync(process.execPath, [`${ROOT}server/commands/scenarioCheck.ts`, 'khai-truong-ioc'], { encoding: 'utf8' });
  const [first, second] = [run(), run()];
  expect(second).toBe(first);
  const told = first.trim().split('\n').map((line) => line.split(' ').at(-1));
  expect(told).toEqual(hashes(layouts.scenarios.get('khai-truong-ioc')!, 100));
});

describe('the playhead', () => {
  const step = (id: string, at: number, more: Partial<Scenario['steps'][number]> = {}) => ({ id, at, scene: 'ban-do', narration: { vi: id, en: id }, notes: { vi: '', en: '' }, ...more });
  const scenario: Scenario = {
    schema: 1, id: 'thu', name: { vi: 'Thử', en: 'Test' }, summary: { vi: 't', en: 't' }, kind: 'show', goals: [{ vi: 't', en: 't' }], seed: 3, clock: { starts: '08:00', lengthS: 100 },
    steps: [
      step('a', 0, { inject: [{ topic: 'alert', ref: 'x', afterS: 5, item: {} }] }),
      step('b', 20, { on: 'next' }),
      step('c', 40, { on: 'condition', when: { topic: 'alert', ref: 'x', state: ['acknowledged'] }, withinS: 10, fallback: { narration: { vi: 'chưa', en: 'not yet' } } }),
      step('d', 60),
    ],
  };
  const plan = planOf(scenario);
  const begun = seek(plan, startOf(1, false, []), 0).head;

  test('stands at a step that waits for a hand, however long', () => {
    const { head, effects } = advance(scenario, plan, begun, 90_000, () => false);
    expect(head).toMatchObject({ atMs: 20_000, step: 0, phase: 'waiting' });
    expect(effects.map((effect) => effect.do)).toEqual(['send']);
    expect(advance(scenario, plan, head, 90_000, () => false).head).toMatchObject({ atMs: 20_000, step: 0, phase: 'waiting' });
  });

  test('goes on at once when a condition holds, and by the fallback when patience ends', () => {
    const at = seek(plan, begun, 20_000).head;
    const waiting = advance(scenario, plan, at, 25_000, () => false).head;
    expect(waiting).toMatchObject({ atMs: 40_000, phase: 'waiting', waitedMs: 5000 });
    expect(advance(scenario, plan, waiting, 1000, () => true).head).toMatchObject({ step: 2, phase: 'running', fallbacks: [] });
    expect(advance(scenario, plan, waiting, 6000, () => false).head).toMatchObject({ step: 2, atMs: 41_000, fallbacks: ['c'] });
  });

  test('back and forth sends nothing twice', () => {
    const far = seek(plan, begun, 50_000);
    const back = seek(plan, far.head, 0);
    const again = seek(plan, back.head, 50_000);
    expect([far, back, again].map(({ effects }) => effects.filter((effect) => effect.do === 'send').length)).toEqual([1, 0, 0]);
    expect(again.effects).toEqual([{ do: 'show', step: 2 }]);
  });

  test('a paused run lets no time go by but for whoever is judged', () => {
    const paused = { ...begun, phase: 'paused' as const };
    expect(advance(scenario, plan, paused, 99_000, () => true)).toEqual({ head: { ...paused, lastedMs: 99_000 }, effects: [] });
  });

  test('the clock of the score stands at no gate and jumps with no step', () => {
    const waiting = advance(scenario, plan, begun, 90_000, () => false).head;
    expect(waiting).toMatchObject({ phase: 'waiting', lastedMs: 90_000 });
    const back = seek(plan, seek(plan, waiting, 60_000).head, 0).head;
    expect(advance(scenario, plan, back, 1000, () => false).head).toMatchObject({ atMs: 1000, lastedMs: 91_000 });
  });
});

test('what an operator did becomes a scenario that plays', () => {
  const { shown } = { shown: createHeadless(shipped[0]!, wall, scenes).shown() };
  const line = (at: number, scene: string) => ({ at, act: 'scene', why: '', state: { ...shown, scene, tiles: scenes.get(scene)!.tiles } });
  const scenario = recordingOf([line(0, 'toan-canh'), { ...line(2000, 'toan-canh'), act: 'rules' }, line(7000, 'an-ninh-giao-thong'), line(900_000, 'phan-anh-hien-truong')], 'ghi-lai', { vi: 'Ghi lại', en: 'Recorded' }, studio)!;
  expect(scenario.steps.map(({ at, scene }) => [at, scene])).toEqual([[0, 'toan-canh'], [7, 'an-ninh-giao-thong'], [67, 'phan-anh-hien-truong']]);
  const played = createHeadless(scenario, wall, scenes);
  played.seek(70_000);
  expect(played.shown().scene).toBe('phan-anh-hien-truong');
  expect(recordingOf([], 'ghi-lai', { vi: 'x', en: 'x' }, studio)).toBeUndefined();
});

test('a recorded step holds its whole picture, cameras by the name of their source, and looks at the same place on another wall', () => {
  const small = layouts.walls.get('w1x1')!;
  const { shown } = { shown: createHeadless(shipped[0]!, wall, scenes).shown() };
  const { tiles, camera } = fitScene(scenes.get('toan-canh')!, small);
  const pushed = (ids: string[]) => tiles.map((tile) => (ids.includes(tile.id) ? { id: tile.id, rect: tile.rect, widget: 'camera', settings: { camera: 'cam-7' }, why: 'x' } : tile));
  const [first, second] = tiles.filter(({ widget }) => widget !== 'map').map(({ id }) => id);
  const line = (at: number, ids: string[]) => ({ at, act: 'push', why: '', state: { ...shown, wall: 'w1x1', scene: 'toan-canh', tiles: pushed(ids), camera: { ...shown.camera, to: camera! } } });
  const scenario = recordingOf([line(0, [first!]), line(5000, [first!, second!])], 'ghi-lai', { vi: 'x', en: 'x' }, { ...studio, profile: small })!;
  const put = { widget: 'camera', settings: { camera: '$camera:cau-rong-1' } };
  expect(scenario.steps.map((step) => step.put)).toEqual([{ [first!]: put }, { [first!]: put, [second!]: put }]);
  for (const profile of [small, wall]) {
    const picture = pictureOf(scenario, seek(planOf(scenario), startOf(1, true, []), 6000).head, profile, scenes, { run: 'run-0', isRehearsal: true, bindings: { cameras: { '$camera:cau-rong-1': ['cam-90'] }, things: {} } }, 0)!;
    expect(picture.camera?.zoom).toBeCloseTo(fitScene(scenes.get('toan-canh')!, profile).camera!.zoom, 2);
    expect(picture.tiles.filter(({ settings }) => settings?.['camera'] === 'cam-90').map(({ id }) => id).sort()).toEqual([first, second].sort());
  }
});
