import { expect, test } from 'vitest';
import type { Principal } from '#contract/roles.ts';
import { mayWatchGroups, type GroupRight } from './groupRights.ts';

const RIGHTS: GroupRight[] = [
  { group: 'Kín', roles: ['leader'], people: ['us-7'], onWalls: false },
  { group: 'Giao thông', roles: ['camera-team', 'leader'], people: [], onWalls: true },
];
const person = (id: string, ...roles: Principal['roles']): Principal => ({ kind: 'person', id, name: '', roles, units: null });
const wall: Principal = { kind: 'wall-device', id: 'wd-1', name: '', roles: [], units: null };
const team = person('us-1', 'camera-team');

test.each<[string, string[], Principal, boolean]>([
  ['a camera of no group', [], team, true],
  ['a group that is for everyone', ['Chợ'], wall, true],
  ['a role that is named', ['Giao thông'], team, true],
  ['a role that is not', ['Kín'], team, false],
  ['an account that is named', ['Kín'], person('us-7', 'operator'), true],
  ['an administrator who is not', ['Kín'], person('us-2', 'admin'), false],
  ['two groups of which one is for others', ['Giao thông', 'Kín'], team, false],
  ['two groups that are both for them', ['Giao thông', 'Kín'], person('us-3', 'leader'), true],
  ['an output of a wall', ['Giao thông'], wall, true],
  ['an output where the group stays off walls', ['Kín'], wall, false],
  ['the product itself', ['Kín'], { ...wall, kind: 'system' }, true],
])('%s', (_what, groups, principal, may) => {
  expect(mayWatchGroups(groups, RIGHTS, principal)).toBe(may);
});
