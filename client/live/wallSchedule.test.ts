import { expect, test } from 'vitest';
import type { ScheduledWall, WallState } from '#contract/wall.ts';
import { createWallSchedule } from './wallSchedule.ts';

const camera = { center: [108.2, 16.06] as [number, number], zoom: 12, bearing: 0, pitch: 0 };
const change = (rev: number, applyAt: number): ScheduledWall => {
  const state: WallState = {
    wall: 'w2x2',
    rev,
    mode: 'live',
    scene: `scene-${rev}`,
    tiles: [],
    camera: { from: camera, to: camera, startAt: 0, durationMs: 0 },
    tour: null,
    blank: false,
    frozenAt: null,
    identify: false,
    spotlight: null,
    control: null,
    changedBy: 'test',
    changedAt: applyAt,
    why: '',
  };
  return { wall: 'w2x2', rev, applyAt, state };
};

test('a late joiner shows the state at once', () => {
  const schedule = createWallSchedule();
  schedule.take(change(4, 900), 1000);
  expect(schedule.current?.rev).toBe(4);
  expect(schedule.applied).toMatchObject({ errorMs: 0 });
});

test('a change is prepared first and shown at its moment, not before', () => {
  const schedule = createWallSchedule();
  schedule.take(change(1, 900), 1000);
  schedule.take(change(2, 1200), 1000);
  expect([schedule.step(1199), schedule.current?.rev, schedule.next?.rev]).toEqual([false, 1, 2]);
  expect([schedule.step(1208), schedule.current?.rev, schedule.next]).toEqual([true, 2, null]);
  expect(schedule.applied).toEqual({ dueAt: 1200, at: 1208, errorMs: 8 });
});

test('an old or repeated change does not come back', () => {
  const schedule = createWallSchedule();
  schedule.take(change(3, 900), 1000);
  schedule.take(change(3, 900), 1000);
  schedule.take(change(2, 800), 1000);
  schedule.take(change(4, 1100), 1000);
  schedule.take(change(4, 1100), 1000);
  schedule.step(2000);
  expect(schedule.current?.rev).toBe(4);
});

test('a wall restored from a backup counts anew and is followed', () => {
  const schedule = createWallSchedule();
  schedule.take(change(9, 900), 1000);
  schedule.take(change(1, 1100), 1050);
  schedule.step(1100);
  expect(schedule.current?.rev).toBe(1);
});
