import { expect, test } from 'vitest';
import type { PilotStanding } from '#contract/rollout.ts';
import { pilotPicture, plainName, timelineOf } from './pilotPicture.ts';

const plan = (area: string, more: object = {}) => ({ area, service: 'tourism', vendor: 'VNPT', plannedFrom: '2026-01-01', plannedTo: '2026-01-11', beganOn: null, endedOn: null, note: '', ...more });
const pilot = (area: string, state: PilotStanding['state'], isRed = false, more: object = {}): PilotStanding => ({ id: area, state, isRed, lateDays: 0, movedDays: 0, revisions: 1, plan: plan(area, more), baseline: plan(area) });
const square = (west: number): [number, number][] => [[west, 16], [west + 0.1, 16], [west + 0.1, 16.1], [west, 16.1]];
const MAP = { areas: [{ id: '1', name: 'Phường Hải Châu', rings: [square(108.1)] }, { id: '2', name: 'Xã Hòa Vang', rings: [square(108.2)] }] };

test('a name is found as people type it', () => {
  expect([plainName('Phường Hải Châu'), plainName(' hai chau '), plainName("Cư M'gar"), plainName('Đặc khu Hoàng Sa')]).toEqual(['hai chau', 'hai chau', 'cu mgar', 'hoang sa']);
});

test('an area is as grave as its gravest pilot; a name the map does not know is told', () => {
  const picture = pilotPicture(MAP, [pilot('Hải Châu', 'running'), pilot('hai chau', 'late', true), pilot('Buôn Hồ', 'planned')], 400)!;
  expect(picture.areas.map(({ name, level, pilots }) => [name, level, pilots.length])).toEqual([['Phường Hải Châu', 'red', 2]]);
  expect(pilotPicture(MAP, [], 400)!.areas.map(({ level }) => level)).toEqual(['none', 'none']);
  expect(picture.unplaced).toEqual(['Buôn Hồ']);
  expect(pilotPicture(MAP, [pilot('Hòa Vang', 'ended'), pilot('Hải Châu', 'not-started')], 400)!.areas.map(({ level }) => level)).toEqual(['planned', 'ended']);
  expect(pilotPicture({ areas: [] }, [], 400)).toBeNull();
});

test('plan, baseline and what came of it stand on one scale', () => {
  const moved = { ...pilot('B', 'late', true, { plannedTo: '2026-01-21', beganOn: '2026-01-06' }) };
  const time = timelineOf([pilot('A', 'planned'), moved], '2026-01-16');
  expect(time.now).toBe(0.75);
  expect(time.of(moved)).toEqual({ baseline: { from: 0, to: 0.5 }, plan: { from: 0, to: 1 }, actual: { from: 0.25, to: 0.75 } });
  expect(time.of(pilot('A', 'planned')).actual).toBeNull();
  expect(timelineOf([pilot('A', 'planned')], '2027-01-01').now).toBeNull();
});
