import { expect, test } from 'vitest';
import { unitsFor } from './unitsFor.ts';

const report = (service: string, unit: string | null, ward: string | null = '20242') => ({ service, unit, ward, requestId: unit === null ? null : 'hr-1' });

test('the ward comes first, then who had this category most, in this ward above all', () => {
  const known = [report('drainage', 'SM-A', '20263'), report('drainage', 'SM-A', '20263'), report('drainage', 'SM-A', '20263'), report('drainage', 'SM-B'), report('drainage', 'SM-B'), report('forest', 'SM-D'), report('drainage', null)];
  expect(unitsFor({ service: 'drainage', ward: '20242' }, known)).toEqual(['20242', 'SM-B', 'SM-A']);
  expect(unitsFor({ service: 'prices', ward: '20242' }, known)).toEqual(['20242']);
  expect(unitsFor({ service: 'forest', ward: null }, known)).toEqual(['SM-D']);
  expect(unitsFor({ ward: null }, known)).toEqual([]);
});
