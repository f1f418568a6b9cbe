import { describe, expect, it } from 'vitest';
import type { Policy, Principal, PrincipalKind, Role } from '#contract/roles.ts';
import { passes } from './policy.ts';

const person = (...roles: Role[]): Principal => ({ kind: 'person', id: 'ac-1', name: 'x', roles, units: null });
const party = (kind: PrincipalKind): Principal => ({ kind, id: kind, name: kind, roles: [], units: null });
const POLICIES: Policy[] = ['public', 'wall', 'staff', 'operate', 'unit-work', 'camera-register', 'lead', 'administer', 'audit', 'ingest'];
const passed = (principal: Principal | undefined) => POLICIES.filter((policy) => passes(policy, principal));

describe('who passes which policy', () => {
  it.each<[Role, Policy[]]>([
    ['leader', ['lead']],
    ['operator', ['operate', 'unit-work']],
    ['camera-team', ['camera-register']],
    ['unit-officer', ['unit-work']],
    ['report-editor', []],
    ['admin', ['operate', 'unit-work', 'camera-register', 'lead', 'administer', 'audit']],
    ['auditor', ['audit']],
    ['guest', []],
  ])('a person who is %s passes what every staff member does, and %j', (role, more) => {
    expect(passed(person(role)).sort()).toEqual(['public', 'wall', 'staff', ...more].sort());
  });

  it('lets walls watch, keys send, and nobody do anything but what is public', () => {
    expect(passed(party('wall-device'))).toEqual(['public', 'wall']);
    expect(passed(party('ingest-key'))).toEqual(['public', 'ingest']);
    expect(passed(undefined)).toEqual(['public']);
    expect(passed(person())).toEqual(['public', 'wall']);
    expect(passed(party('system'))).toEqual(POLICIES);
  });

  it('holds back everyone who must change the password first', () => {
    expect(passed({ ...person('admin'), mustChangePassword: true })).toEqual(['public']);
  });
});
