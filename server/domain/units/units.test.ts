import { expect, test } from 'vitest';
import { createUnits, type OrganisationUnit } from './units.ts';

const unit = (code: string, parent?: string): OrganisationUnit => ({ code, name: code, fullName: code, kind: 'ward', parent, search: code });

test('a subtree holds everything below a unit and not the unit itself', () => {
  const units = createUnits([unit('a'), unit('b', 'a'), unit('c', 'b'), unit('d')]);
  expect(units.subtree('a')).toEqual(['b', 'c']);
  expect(units.subtree('c')).toEqual([]);
  expect(units.subtree('nobody')).toEqual([]);
  expect([units.has('d'), units.has('toString')]).toEqual([true, false]);
});

test('a code that appears twice and a unit below itself are refused', () => {
  expect(() => createUnits([unit('a'), unit('a')])).toThrow('a appears twice');
  expect(() => createUnits([unit('a', 'b'), unit('b', 'a')])).toThrow('below itself');
});
