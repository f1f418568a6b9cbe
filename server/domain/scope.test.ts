import { describe, expect, it } from 'vitest';
import type { Principal } from '#contract/roles.ts';
import { rightToOperate, rightToWork } from './handling-request/rights.ts';
import { scopeOf, sees, wholeScope } from './scope.ts';

const TREE: Record<string, string[]> = { city: ['20242', '20245', 'so-a'], 'so-a': ['chi-cuc-a'] };
const subtree = (code: string): string[] => (TREE[code] ?? []).flatMap((child) => [child, ...subtree(child)]);
const principal = (role: Principal['roles'][number], units: string[] | null): Principal => ({ kind: 'person', id: 'ac-1', name: 'x', roles: [role], units });

describe('scope', () => {
  it('reaches from a unit down to all below it, and nowhere else', () => {
    const scope = scopeOf(principal('unit-officer', ['so-a']), subtree);
    expect(sees(scope, 'so-a', null)).toBe(true);
    expect(sees(scope, 'chi-cuc-a', '20242')).toBe(true);
    expect(sees(scope, '20242', '20242')).toBe(false);
    expect(sees(scope, 'city', null)).toBe(false);
    expect(sees(scope, null, null)).toBe(false);
  });

  it('shows things of nobody to whole scopes only, and nothing to an empty one', () => {
    expect(sees(wholeScope('test'), null, null)).toBe(true);
    expect(sees(scopeOf(principal('operator', null), subtree), null, null)).toBe(true);
    expect(sees(scopeOf(principal('operator', []), subtree), '20242', '20242')).toBe(false);
  });
});

describe('rights on a thing', () => {
  const inWard = { unit: 'so-a', ward: '20242' };

  it('lets an officer work only for units of its own, and hides what it may not even see', () => {
    const officer = scopeOf(principal('unit-officer', ['20242']), subtree);
    expect(rightToWork(officer, { unit: '20242', ward: null })).toBe('allowed');
    expect(rightToWork(officer, inWard)).toBe('forbidden');
    expect(rightToWork(officer, { unit: '20245', ward: '20245' })).toBe('hidden');
    expect(rightToOperate(officer, { unit: '20242', ward: '20242' })).toBe('forbidden');
  });

  it('lets an operator act on all in its scope, by unit or by ward', () => {
    const operator = scopeOf(principal('operator', ['20242']), subtree);
    expect(rightToOperate(operator, inWard)).toBe('allowed');
    expect(rightToWork(operator, inWard)).toBe('allowed');
    expect(rightToOperate(operator, { unit: '20245', ward: null })).toBe('hidden');
  });

  it('lets a leader look and not touch', () => {
    const leader = scopeOf(principal('leader', null), subtree);
    expect(rightToOperate(leader, inWard)).toBe('forbidden');
    expect(rightToWork(leader, inWard)).toBe('forbidden');
  });
});
