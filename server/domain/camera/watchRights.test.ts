import { expect, test } from 'vitest';
import { okay, refused } from '#contract/faults.ts';
import { scopeOf } from '../scope.ts';
import { createMovableClock } from '../../kernel/clock.ts';
import { createCameraRights } from './watchRights.ts';

test('a right that was taken away is gone from open players within five seconds', async () => {
  let real = 1_000_000;
  let isAllowed = true;
  const get = async () => (isAllowed ? okay({}) : refused('NOT_FOUND'));
  const rights = createCameraRights({ names: () => [], list: async () => refused('NOT_FOUND'), get }, createMovableClock(real, () => real));
  const ward = scopeOf({ kind: 'person', id: 'us-1', name: '', roles: ['unit-officer'], units: ['20242'] }, () => []);
  expect(await rights.maySee('cam-1', ward)).toBe(true);
  isAllowed = false;
  const goneAfterMs = async () => {
    for (let ms = 0; ms <= 10_000; ms += 250, real += 250) if (!(await rights.maySee('cam-1', ward))) return ms;
    return Infinity;
  };
  expect(await goneAfterMs()).toBeLessThanOrEqual(5000);
});
