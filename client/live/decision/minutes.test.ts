import { expect, test } from 'vitest';
import type { ScenarioRun } from '#contract/scenario.ts';
import { spanOf, toldRun } from './minutes.ts';

const NOW = Date.UTC(2026, 9, 2, 8);
const HOUR = 3_600_000;
const run = (id: string, wall: string, agoH: number, phase: ScenarioRun['phase'] = 'ended') => ({ id, wall, phase, startedAt: NOW - agoH * HOUR }) as ScenarioRun;

test('the newest run of this wall is told, unless it was removed or is a day old', () => {
  const runs = [run('run-5', 'w1x1', 1), run('run-4', 'w2x2', 1, 'removed'), run('run-3', 'w2x2', 2), run('run-2', 'w2x2', 3)];
  expect(toldRun(runs, 'w2x2', NOW)?.id).toBe('run-3');
  expect(toldRun([run('run-1', 'w2x2', 24)], 'w2x2', NOW)).toBeUndefined();
});

test('a run is asked for from its beginning, and minutes back from now', () => {
  expect(spanOf('run', run('run-3', 'w2x2', 2), NOW + 0.5)).toEqual({ from: String(NOW - 2 * HOUR), until: String(NOW), run: 'run-3' });
  expect(spanOf('180', run('run-3', 'w2x2', 2), NOW)).toEqual({ from: String(NOW - 3 * HOUR), until: String(NOW) });
  expect(spanOf('run', undefined, NOW)).toEqual({ from: String(NOW - HOUR), until: String(NOW) });
});
