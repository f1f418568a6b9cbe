import { expect, test } from 'vitest';
import type { AlertRow } from '#contract/alertBook.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import { rowsOf } from './groups.ts';

const alert = (id: string, level = 2) => ({ id, level }) as AlertState;
const group = (id: string, members: string[]) => ({ id, members, form: 'group' }) as unknown as AlertRow;

test('a group is one line at the place of its first member, its members one click away', () => {
  const alerts = [alert('a'), alert('b'), alert('c'), alert('d')];
  const groups = [group('group-b', ['b', 'd']), group('alone', ['c'])];
  expect(rowsOf(alerts, groups, new Set()).map(({ id }) => id)).toEqual(['a', 'group-b', 'c']);
  expect(rowsOf(alerts, groups, new Set(['group-b'])).map(({ id }) => id)).toEqual(['a', 'group-b', 'b', 'd', 'c']);
});

test('ĐỎ is never behind another line, nor what no group knows yet, nor a group with one visible member', () => {
  expect(rowsOf([alert('a', 1), alert('b'), alert('new')], [group('g', ['a', 'b'])], new Set()).map(({ id }) => id)).toEqual(['a', 'b', 'new']);
});
