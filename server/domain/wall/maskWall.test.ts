import { expect, test } from 'vitest';
import type { PastWall } from '#contract/past.ts';
import type { WallState } from '#contract/wall.ts';
import { wholeScope } from '../scope.ts';
import { MASK, maskLogLine, maskPastWall } from './maskWall.ts';

const whole = wholeScope('test');
const narrow = { ...whole, units: ['20242'] } as unknown as typeof whole;
const state = {
  composed: { alert: 'al-1', title: 'Cháy chợ Cồn' },
  waiting: [{ alert: 'al-2', title: 'Ngập Bạch Đằng' }],
  tiles: [{ id: 'a', title: 'Cháy chợ Cồn', settings: { near: [108, 16] } }],
} as unknown as WallState;
const past = { wall: 'w2x2', rev: 1, at: 1, applyAt: 1, act: 'compose', by: 'rule', why: 'Cháy chợ Cồn', scene: 's', hash: 'h', chain: null, state } as PastWall;

test('the centre reads its log as it is', () => {
  expect(maskPastWall(past, whole)).toEqual(past);
  expect(maskLogLine(past, whole)).toBe(past);
});

test('a party of some units learns neither titles, places nor reasons of what stood on a wall', () => {
  const text = JSON.stringify(maskPastWall(past, narrow));
  for (const word of ['Cháy', 'Ngập', '108']) expect(text).not.toContain(word);
  expect(maskLogLine(past, narrow).why).toBe(MASK);
  expect(maskPastWall(past, narrow)).toMatchObject({ wall: 'w2x2', rev: 1, hash: 'h', scene: 's' });
});

test('a line without a reason keeps none', () => {
  expect(maskLogLine({ ...past, why: '' }, narrow).why).toBe('');
});
