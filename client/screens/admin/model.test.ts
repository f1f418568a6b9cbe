import { expect, test } from 'vitest';
import { COMMANDS } from '#contract/events.ts';
import { faultOf } from '#contract/faults.ts';
import deedsVi from './deeds.vi.json';
import { badAccount, badKey, badService, findAccounts, isAbout, newPassword, pairingCode, serviceDraft, serviceOf, TABS, tabsOf, type Account } from './model.ts';

const draft = { user: 'nguyen.van.a', name: 'Nguyễn Văn A', position: 'Chuyên viên', roles: ['operator' as const], isEverywhere: true, units: [], endsOn: '' };
const NOW = Date.parse('2026-11-22T05:00:00Z');

test('a whole account is right, an empty one names every field', () => {
  expect(badAccount(draft, NOW)).toEqual([]);
  expect(badAccount({ user: 'Nguyễn A', name: ' ', position: '', roles: [], isEverywhere: false, units: [], endsOn: '' }, NOW)).toEqual(['user', 'name', 'position', 'roles', 'units']);
});

test('a guest ends after today, by the day in Vietnam', () => {
  const guest = { ...draft, roles: ['guest' as const] };
  expect(['', '2026-11-22', '2026-11-23'].map((endsOn) => badAccount({ ...guest, endsOn }, NOW))).toEqual([[], [], []]);
  expect(badAccount({ ...guest, endsOn: '2026-11-21' }, NOW)).toEqual(['endsOn']);
  expect(badAccount({ ...draft, endsOn: '2026-11-21' }, NOW)).toEqual([]);
});

test('a sign-in service goes out as it was kept, and its secret only when typed', () => {
  const kept = { isOn: true, name: 'Tài khoản công vụ', issuer: 'https://sso.example', clientId: 'ioc', groupsClaim: 'groups', grants: [{ group: 'truc-ban', roles: ['operator' as const], units: ['20242'] }] };
  const typed = serviceDraft(kept, () => 'Phường Hải Châu');
  expect([badService(typed), serviceOf(typed)]).toEqual([[], kept]);
  expect(serviceOf({ ...typed, clientSecret: 'khóa mới' })).toMatchObject({ clientSecret: 'khóa mới' });
  expect(badService({ ...serviceDraft(null, String), issuer: 'sso.example', groups: [{ group: '', roles: [], isEverywhere: true, units: [] }] })).toEqual(['service-name', 'issuer', 'client', 'groups']);
});

test('a key needs a code, a name and topics', () => {
  expect(badKey({ id: 'camera1', name: 'Camera', isEveryTopic: true, topics: [], provenance: 'real' })).toEqual([]);
  expect(badKey({ id: 'Camera 1', name: '', isEveryTopic: false, topics: [], provenance: 'real' })).toEqual(['id', 'name', 'topics']);
});

test('an auditor reads, an operator sees nothing here', () => {
  expect(tabsOf(['auditor'])).toEqual(['audit', 'sources']);
  expect(tabsOf(['operator'])).toEqual(['exports']);
  expect(tabsOf(['camera-team'])).toEqual([]);
  expect(tabsOf(['operator', 'admin'])).toEqual(TABS);
});

test('a pairing code is read however it was typed', () => {
  expect(pairingCode('abcd-2345')).toBe('ABCD2345');
  expect(pairingCode(' ab cd 23 45')).toBe('ABCD2345');
  expect(pairingCode('ABCD2340')).toBeNull();
  expect(pairingCode('ABCD234')).toBeNull();
});

test('a password takes no byte that would favour a letter', () => {
  let next = 255;
  const password = newPassword((bytes) => bytes.map(() => (next = (next + 1) % 256)));
  expect(password).toMatch(/^[a-zA-Z3-9]{5}(-[a-zA-Z3-9]{5}){3}$/);
  expect(newPassword((bytes) => bytes.map((_, index) => (index % 2 === 0 ? 255 : 0)))).toBe('aaaaa-aaaaa-aaaaa-aaaaa');
});

test('accounts are found without marks', () => {
  const account: Account = { id: 'us-1', user: 'hoa', name: 'Đặng Thị Hòa', position: 'Chủ tịch', roles: [], units: null, disabled: false, hasCode: false, isOutside: false, expiresAt: null };
  expect(findAccounts([account], 'dang thi hoa')).toEqual([account]);
  expect(findAccounts([account], 'xyz')).toEqual([]);
});

test('a fault belongs to the field it points at', () => {
  expect(isAbout(faultOf('REQUEST_BODY', { pointer: '/user' }), 'user')).toBe(true);
  expect(isAbout(faultOf('REQUEST_BODY', { pointer: '/user' }), 'name')).toBe(false);
  expect(isAbout(null, 'user')).toBe(false);
});

test('every act on a thing has its words in the audit log', () => {
  const acts = Object.keys(COMMANDS).filter((name) => /^(alert|feedback|handling-request|case|direction|procedure)\./.test(name));
  expect(acts.length).toBeGreaterThan(40);
  expect(acts.filter((name) => !Object.hasOwn(deedsVi, name))).toEqual([]);
});
