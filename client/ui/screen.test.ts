import { expect, test } from 'vitest';
import { addressOf } from './screen.ts';

test.each([
  ['/', { screen: 'home', rest: [] }],
  ['/wall/w2x2/r1c1', { screen: 'wall', rest: ['w2x2', 'r1c1'] }],
  ['/wall/w2x2/', { screen: 'wall', rest: ['w2x2'] }],
  ['/report/k%E1%BA%BFt-qu%E1%BA%A3', { screen: 'report', rest: ['kết-quả'] }],
])('%s names its screen', (path, address) => {
  expect(addressOf(path)).toEqual(address);
});
