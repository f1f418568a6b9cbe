import { okay, refused } from '#contract/faults.ts';
import type { AccountsPort, OpenSession } from '../../domain/ports/accounts.ts';
import type { Source } from '../../domain/ports/door.ts';
import { NOW } from './moment.ts';
import { ALERT_ONLY_KEY, KEY, PEOPLE } from './people.ts';

const session = (name: string): OpenSession => ({ token: name, principal: PEOPLE[name]!, expiresAt: NOW + 1_800_000 });
const SOURCES = new Map<string, Source>([
  [KEY, { id: 'vendor', name: 'Nguồn thử', topics: null, provenance: 'real' }],
  [ALERT_ONLY_KEY, { id: 'alerts', name: 'Chỉ cảnh báo', topics: ['alert'], provenance: 'real' }],
]);

export function createFakeAccounts(): AccountsPort {
  return {
    prepareFirstAdmin: async () => undefined,
    createLink: async () => 'link-token',
    useLink: async (token) => (token === 'link-token' ? okay(session('operator')) : refused('AUTH_LINK')),
    signIn: async ({ user, password }) => (password === 'mật khẩu đúng' && PEOPLE[user] ? okay(session(user)) : refused('AUTH_REFUSED')),
    principalOf: async (token) => (Object.hasOwn(PEOPLE, token) ? { principal: PEOPLE[token]!, expiresAt: NOW + 1_800_000 } : undefined),
    signOut: async () => undefined,
    sessionsOf: async () => [{ id: 'abcdef012345', startedAt: NOW, seenAt: NOW, expiresAt: NOW + 1_800_000, isThis: true }],
    endSessionOf: async (_principal, id) => (id === 'abcdef012345' ? okay(undefined) : refused('NOT_FOUND')),
    changePassword: async (_principal, old, next) => (old !== 'mật khẩu đúng' ? refused('AUTH_REFUSED') : next.length < 12 ? refused('AUTH_PASSWORD_WEAK') : okay(session('admin'))),
    createAccount: async (account) => (account.user === 'taken' ? refused('STATE_CONFLICT') : okay({ kind: 'person', id: 'us-9', name: account.name, roles: account.roles, units: account.units })),
    listAccounts: async () => [{ id: 'us-1', user: 'admin', name: 'Quản trị', position: '', roles: ['admin'], units: null, disabled: false, dataClass: 'personal', expiresAt: null, hasCode: false, isOutside: false }],
    resetPassword: async () => refused('NOT_FOUND'),
    setDisabled: async (id) => (id === 'us-1' ? okay(undefined) : refused('NOT_FOUND')),
    onSessionsEnded: () => () => undefined,
    sourceOf: async (bearer) => SOURCES.get(bearer),
    ensureKey: async () => refused('AUTH_KEY'),
    createKey: async (_name, { id }) => `ioc_${id}_${'c'.repeat(40)}`,
    renewKey: async (id) => `ioc_${id}_${'c'.repeat(40)}`,
    startPairing: async () => ({ code: 'ABCD2345', secret: 's'.repeat(32) }),
    approvePairing: async (code) => (code === 'ABCD2345' ? okay(undefined) : refused('NOT_FOUND')),
    finishPairing: async (secret) => (secret === 's'.repeat(32) ? session('wall-device') : undefined),
  };
}
