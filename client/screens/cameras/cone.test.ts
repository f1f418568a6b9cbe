import { expect, test } from 'vitest';
import { aimAt } from './cone.ts';

const HERE: [number, number] = [108.22, 16.06];

test.each([
  ['north', [108.22, 16.061], 0, 111],
  ['east', [108.221, 16.06], 90, 107],
  ['south-west', [108.219, 16.059], 224, 154],
] as const)('a camera that shall look %s is turned and reaches so far', (_where, to, azimuth, rangeM) => {
  const aim = aimAt(HERE, [to[0], to[1]]);
  expect(Math.abs(aim.azimuth - azimuth)).toBeLessThanOrEqual(1);
  expect(Math.abs(aim.rangeM - rangeM)).toBeLessThanOrEqual(1);
});

test('a camera looking at itself still has a range', () => {
  expect(aimAt(HERE, [HERE[0], HERE[1]])).toEqual({ azimuth: 0, rangeM: 1 });
});
