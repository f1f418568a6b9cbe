import { expect, test } from 'vitest';
import { okay, refused } from '#contract/faults.ts';
import { scopeOf } from '../scope.ts';
import { createMovableClock } from '../../kernel/clock.ts';
import type { GroupRight } from './groupRights.ts';
import { createCameraRights } from './watchRights.ts';

const ward = scopeOf({ kind: 'person', id: 'us-1', name: '', roles: ['unit-officer'], units: ['20242'] }, () => []);
const city = scopeOf({ kind: 'person', id: 'us-2', name: '', roles: ['camera-team'], units: null }, () => []);

function setUp() {
  const now = { real: 1_000_000, isAllowed: true, rights: [] as GroupRight[] };
  const get = async () => (now.isAllowed ? okay({}) : refused('NOT_FOUND'));
  const rights = createCameraRights({ collections: { get }, clock: createMovableClock(now.real, () => now.real), groupsOf: () => ['Cổng trụ sở'], groupRights: () => now.rights });
  return { now, rights };
}

test('a right that was taken away is gone from open players within five seconds', async () => {
  const { now, rights } = setUp();
  expect(await rights.maySee('cam-1', ward)).toBe(true);
  now.isAllowed = false;
  const goneAfterMs = async () => {
    for (let ms = 0; ms <= 10_000; ms += 250, now.real += 250) if (!(await rights.maySee('cam-1', ward))) return ms;
    return Infinity;
  };
  expect(await goneAfterMs()).toBeLessThanOrEqual(5000);
});

test('a group that is kept for others is closed at once, for those who see every unit too', async () => {
  const { now, rights } = setUp();
  expect([await rights.maySee('cam-1', ward), await rights.maySee('cam-1', city)]).toEqual([true, true]);
  now.rights = [{ group: 'Cổng trụ sở', roles: ['unit-officer'], people: [], onWalls: false }];
  expect([await rights.maySee('cam-1', ward), await rights.maySee('cam-1', city)]).toEqual([true, false]);
});
