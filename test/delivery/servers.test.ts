import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noteCount } from '../faults/counts.ts';
import { ROOT } from '../house/tree.ts';
import mutants from './mutants.json' with { type: 'json' };
import saved from './regressions.json' with { type: 'json' };
import { schedules, type Step } from './schedule.ts';
import { openWorld, type World } from './world.ts';

const IS_FULL = process.env.TEST_FULL === '1';
const RUNS = IS_FULL ? 40 : 2;
let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => {
  await world?.close();
});

test('the twelve seeded faults of the full run still fit the files they are for', () => {
  expect(mutants).toHaveLength(12);
  for (const { file, from } of mutants) expect(readFileSync(join(ROOT, file), 'utf8'), file).toContain(from);
});

test('schedules that once broke something, or might, hold', async () => {
  for (const steps of saved as Step[][]) await world.play(steps);
});

test('whatever happens to two servers and their store, each accepted alert is in the log once and on every screen that may see it', async () => {
  await fc.assert(fc.asyncProperty(schedules, (steps) => world.play(steps)), { numRuns: RUNS, ...(IS_FULL ? {} : { endOnFailure: true }) });
  const { schedules: played, steps, kills, storeFaults, cuts, joins, restores, slowestMs } = world.told;
  noteCount('schedules over two servers on PostgreSQL and Redis', `${played} schedules, ${steps} steps, ${kills} kills, ${storeFaults} faults of the store, ${cuts} cuts, ${joins} screens that came under fire, ${restores} restores; ${world.source.answered.size} alerts in ${world.source.tries} requests: 0 lost, 0 twice; slowest whole screen ${(slowestMs / 1000).toFixed(1)} s after calm`);
  expect(played).toBe(RUNS + saved.length);
});
