import { expect, test } from 'vitest';
import type { Principal } from '#contract/roles.ts';
import { hasDefaultLogin } from './defaultLogin.ts';
import { maySteer, rankOf } from './hold.ts';

const person = (id: string, ...roles: Principal['roles'][number][]): Principal => ({ kind: 'person', id, name: id, roles, units: null });
const held = { holder: 'us-1', holderName: 'Tổ camera', rank: 2, until: 1000 };

test.each([
  ['nobody steers', undefined, person('us-2', 'unit-officer'), false, true],
  ['the holder goes on', held, person('us-1', 'camera-team'), false, true],
  ['an equal waits', held, person('us-2', 'operator'), true, false],
  ['a higher rank takes over on purpose', held, person('us-2', 'admin'), true, true],
  ['and not by accident', held, person('us-2', 'admin'), false, false],
  ['a guest never steers', undefined, person('us-2', 'guest'), true, false],
])('%s', (_what, hold, actor, isTakeOver, may) => {
  expect(maySteer(hold, actor, isTakeOver, 999)).toBe(may);
});

test('a hold ends by itself', () => {
  expect(maySteer(held, person('us-2', 'unit-officer'), false, 1000)).toBe(true);
  expect(rankOf(person('us-2', 'unit-officer', 'operator'))).toBe(2);
});

test.each([['rtsp://admin:12345@10.0.0.9/1', true], ['rtsp://Admin:Admin@10.0.0.9/1', true], ['rtsp://cam:cam@10.0.0.9/1', true], ['rtsp://admin:K7%23nh-rieng@10.0.0.9/1', false], ['rtsp://10.0.0.9/1', false], ['x', false]])('the login of %s is known to all: %s', (address, isKnown) => {
  expect(hasDefaultLogin(address)).toBe(isKnown);
});
