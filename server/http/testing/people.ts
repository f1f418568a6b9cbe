import type { Principal, Role } from '#contract/roles.ts';

/** One party of every kind, by the cookie token it shows. */
export const PEOPLE: Readonly<Record<string, Principal>> = Object.fromEntries([
  ...(['leader', 'operator', 'camera-team', 'unit-officer', 'report-editor', 'admin', 'auditor', 'guest'] satisfies Role[]).map((role) => [role, { kind: 'person', id: `us-${role}`, name: `Người giữ vai trò ${role}`, roles: [role], units: null }]),
  ['ward-officer', { kind: 'person', id: 'us-ward', name: 'Cán bộ phường', roles: ['unit-officer'], units: ['20242'] }],
  ['fresh-admin', { kind: 'person', id: 'us-fresh', name: 'Quản trị', roles: ['admin'], units: null, mustChangePassword: true }],
  ['wall-device', { kind: 'wall-device', id: 'wd-1', name: 'w2x2', roles: [], units: null, wall: 'w2x2' }],
]) as Record<string, Principal>;

export const KEY = `ioc_vendor_${'a'.repeat(40)}`;
export const ALERT_ONLY_KEY = `ioc_alerts_${'b'.repeat(40)}`;

/** Headers that make a request speak as a party. */
export const asPerson = (name: string): Record<string, string> => ({ cookie: `__Host-ioc=${name}` });
export const asKey = (key = KEY): Record<string, string> => ({ authorization: `Bearer ${key}` });
