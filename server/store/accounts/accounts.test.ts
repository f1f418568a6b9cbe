import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SESSION_LIMITS } from '../../domain/account/session.ts';
import { createRealClock } from '../../kernel/clock.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { migrate } from '../engine/migrate.ts';
import { createTestEngine, type TestEngine, testEngineKinds } from '../engine/testEngines.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import { createHasher, type Hasher } from './hasher.ts';

const PASSWORD = 'sông Hàn chảy lặng lẽ';
const OFFICER = { user: 'can-bo-1', name: 'Cán bộ mẫu', position: 'Chuyên viên', roles: ['unit-officer' as const], units: ['20242'], password: PASSWORD };
const MINUTE = 60_000;

describe.each(testEngineKinds())('accounts on %s', (kind) => {
  let store: TestEngine;
  let now: number;
  let hashes: number;
  let ended: string[];
  let accounts: Accounts;

  const counting = (hasher: Hasher): Hasher => ({ ...hasher, verify: (stored, password) => ((hashes += 1), hasher.verify(stored, password)) });
  const build = () =>
    createAccounts({ engine: store.engine, clock: createRealClock(() => now), log: createSilentLog(), sealKey: new Uint8Array(32).fill(7), hasher: counting(createHasher()) });
  const enter = async (user = OFFICER.user, password = PASSWORD, more: { totp?: string; address?: string } = {}) =>
    accounts.signIn({ user, password, totp: more.totp }, more.address ?? '10.0.0.1');
  const open = async () => {
    const outcome = await enter();
    if (!outcome.ok) throw new Error(outcome.fault.code);
    return outcome.value;
  };

  beforeAll(async () => {
    store = await createTestEngine(kind);
    await migrate(store.engine, createSilentLog());
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    await store.empty(['event_head']);
    now = Date.UTC(2026, 9, 1, 1);
    hashes = 0;
    ended = [];
    accounts = build();
    accounts.onSessionsEnded((list) => ended.push(...list));
  });

  it('lets an officer of a unit in with its rights, and keeps only hashes', async () => {
    expect(await accounts.createAccount(OFFICER)).toMatchObject({ ok: true, value: { roles: ['unit-officer'], units: ['20242'] } });
    const session = await open();
    expect(session.principal).toMatchObject({ kind: 'person', name: 'Cán bộ mẫu', roles: ['unit-officer'], units: ['20242'] });
    expect(session.principal.mustChangePassword).toBeUndefined();
    expect(await accounts.principalOf(session.token)).toEqual({ principal: session.principal, expiresAt: now + SESSION_LIMITS.absoluteMs });
    const kept = JSON.stringify(await store.engine.query('select * from session, account'));
    expect(kept).not.toContain(session.token);
    expect(kept).not.toContain(PASSWORD);
    expect(kept).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
  });

  it('refuses a weak password, a taken name, and a wrong password of a known and an unknown user alike', async () => {
    expect(await accounts.createAccount({ ...OFFICER, password: 'matkhau12345' })).toMatchObject({ fault: { code: 'AUTH_PASSWORD_WEAK' } });
    await accounts.createAccount(OFFICER);
    expect(await accounts.createAccount({ ...OFFICER, user: ' CAN-BO-1 ' })).toMatchObject({ fault: { code: 'STATE_CONFLICT' } });
    const known = await enter(OFFICER.user, 'không phải mật khẩu này');
    expect(await enter('nobody', PASSWORD)).toEqual(known);
    expect(known).toMatchObject({ ok: false, fault: { code: 'AUTH_REFUSED' } });
    expect(hashes).toBe(2);
  });

  it('ends a session after 30 idle minutes, and after 12 hours however busy', async () => {
    await accounts.createAccount(OFFICER);
    const idle = await open();
    now += 29 * MINUTE;
    expect(await accounts.principalOf(idle.token)).toBeDefined();
    now += 29 * MINUTE;
    expect(await accounts.principalOf(idle.token, { isTouch: false })).toBeDefined();
    now += 2 * MINUTE;
    expect(await accounts.principalOf(idle.token)).toBeUndefined();

    const busy = await open();
    const startedAt = now;
    while (now < startedAt + SESSION_LIMITS.absoluteMs - 20 * MINUTE) {
      now += 20 * MINUTE;
      expect(await accounts.principalOf(busy.token)).toBeDefined();
    }
    now = startedAt + SESSION_LIMITS.absoluteMs;
    expect(await accounts.principalOf(busy.token)).toBeUndefined();
  });

  it('gives a new token at every sign-in and at a change of password, and ends the old ones', async () => {
    await accounts.createAccount(OFFICER);
    const first = await open();
    const second = await open();
    expect(second.token).not.toBe(first.token);
    expect(await accounts.changePassword(second.principal, 'sai mật khẩu cũ rồi', 'núi Sơn Trà xanh')).toMatchObject({ fault: { code: 'AUTH_REFUSED' } });
    expect(await accounts.changePassword(second.principal, PASSWORD, 'toancanh2026')).toMatchObject({ fault: { code: 'AUTH_PASSWORD_WEAK' } });
    const changed = await accounts.changePassword(second.principal, PASSWORD, 'núi Sơn Trà xanh');
    if (!changed.ok) throw new Error(changed.fault.code);
    expect(ended.sort()).toEqual([first.principal.session, second.principal.session].sort());
    expect(await accounts.principalOf(first.token)).toBeUndefined();
    expect(await accounts.principalOf(changed.value.token)).toBeDefined();
    expect(await enter()).toMatchObject({ fault: { code: 'AUTH_REFUSED' } });
  });

  it('ends every session of a disabled user and of one whose rights changed', async () => {
    await accounts.prepareFirstAdmin('trạm quan trắc số chín');
    const made = await accounts.createAccount(OFFICER);
    if (!made.ok) throw new Error(made.fault.code);
    const before = await open();
    await accounts.setGrants(made.value.id, { roles: ['operator'], units: null });
    expect(await accounts.principalOf(before.token)).toBeUndefined();
    const after = await open();
    expect(after.principal).toMatchObject({ roles: ['operator'], units: null });
    expect(await accounts.setDisabled(made.value.id, true)).toMatchObject({ ok: true });
    expect(await accounts.principalOf(after.token)).toBeUndefined();
    expect(await enter()).toMatchObject({ fault: { code: 'AUTH_REFUSED' } });
    expect(ended).toEqual([before.principal.session, after.principal.session]);
    expect((await accounts.listAccounts()).map(({ user, disabled }) => ({ user, disabled }))).toEqual([
      { user: 'admin', disabled: false },
      { user: 'can-bo-1', disabled: true },
    ]);
  });

  it('never disables the last admin, and does not know an id it did not give', async () => {
    await accounts.prepareFirstAdmin('trạm quan trắc số chín');
    const [admin] = await accounts.listAccounts();
    expect(await accounts.setDisabled(admin?.id ?? '', true)).toMatchObject({ fault: { code: 'STATE_STEP' } });
    expect(await accounts.setGrants(admin?.id ?? '', { roles: ['leader'], units: null })).toMatchObject({ fault: { code: 'STATE_STEP' } });
    expect(await accounts.setDisabled('__proto__', true)).toMatchObject({ fault: { code: 'NOT_FOUND' } });
    expect(await enter('admin', 'trạm quan trắc số chín')).toMatchObject({ ok: true });
  });

  it('makes the owner of a password given by somebody else change it first, within a week', async () => {
    await accounts.createAccount({ ...OFFICER, isTemporary: true });
    expect((await open()).principal.mustChangePassword).toBe(true);
    now += SESSION_LIMITS.givenPasswordMs;
    expect(await enter()).toMatchObject({ ok: false });
  });

  it('gives a new password to whoever forgot the old one: shown once, changed first, and every session ends', async () => {
    const made = await accounts.createAccount({ user: 'quen-mat-khau', name: 'Q', position: 'P', roles: ['operator'], units: null, password: 'Ngu-Hanh-Son-Nam-Ngon' });
    if (!made.ok) throw new Error('it must be made');
    const before = await accounts.signIn({ user: 'quen-mat-khau', password: 'Ngu-Hanh-Son-Nam-Ngon' }, 'desk');
    const given = await accounts.resetPassword(made.value.id, 'ac-1');
    if (!given.ok || !before.ok) throw new Error('both must work');
    expect(await accounts.principalOf(before.value.token)).toBeUndefined();
    expect(await accounts.signIn({ user: 'quen-mat-khau', password: 'Ngu-Hanh-Son-Nam-Ngon' }, 'desk')).toMatchObject({ ok: false });
    expect(await accounts.signIn({ user: 'quen-mat-khau', password: given.value.password }, 'desk')).toMatchObject({ ok: true, value: { principal: { mustChangePassword: true } } });
    expect(await accounts.resetPassword('ac-999', 'ac-1')).toMatchObject({ fault: { code: 'NOT_FOUND' } });
  });

  it('shows a person their sessions and ends one of them, never one of somebody else', async () => {
    await accounts.createAccount(OFFICER);
    await accounts.createAccount({ ...OFFICER, user: 'can.bo.khac' });
    const here = await open();
    const there = await open();
    const other = await enter('can.bo.khac');
    if (!other.ok) throw new Error(other.fault.code);
    const mine = await accounts.sessionsOf(here.principal);
    expect(mine.map(({ isThis }) => isThis).sort()).toEqual([false, true]);
    const theirs = (await accounts.sessionsOf(other.value.principal))[0]!;
    expect(await accounts.endSessionOf(here.principal, theirs.id)).toMatchObject({ fault: { code: 'NOT_FOUND' } });
    expect(await accounts.endSessionOf(here.principal, mine.find(({ isThis }) => !isThis)!.id)).toMatchObject({ ok: true });
    expect(ended).toEqual([there.principal.session]);
    expect(await accounts.principalOf(there.token)).toBeUndefined();
    expect(await accounts.principalOf(here.token)).toBeDefined();
  });

  it('makes one first admin whose password must be changed and lasts 24 hours', async () => {
    const made = await accounts.prepareFirstAdmin(undefined);
    const password = made?.password ?? '';
    expect(password.length).toBeGreaterThanOrEqual(20);
    expect(await accounts.prepareFirstAdmin(undefined)).toBeUndefined();
    expect(await enter('admin', password)).toMatchObject({ ok: true, value: { principal: { roles: ['admin'], mustChangePassword: true } } });
    now += SESSION_LIMITS.firstPasswordMs;
    expect(await enter('admin', password)).toMatchObject({ fault: { code: 'AUTH_REFUSED' } });
    const again = await accounts.prepareFirstAdmin(undefined);
    expect(again?.password).not.toBe(password);
    expect(await enter('admin', again?.password)).toMatchObject({ ok: true });
  });

  it('takes the first password from outside without expiry, once', async () => {
    expect(await accounts.prepareFirstAdmin('trạm quan trắc số chín')).toBeUndefined();
    await accounts.prepareFirstAdmin('một mật khẩu khác hẳn');
    now += 48 * 60 * MINUTE;
    const outcome = await enter('admin', 'trạm quan trắc số chín');
    expect(outcome).toMatchObject({ ok: true });
    expect(outcome.ok && outcome.value.principal.mustChangePassword).toBeFalsy();
  });

  it('hashes at most 100 times for 10,000 bad sign-ins from everywhere, and still lets a known desk in', async () => {
    await accounts.createAccount(OFFICER);
    await open();
    hashes = 0;
    for (let n = 0; n < 10_000; n += 1) {
      now += 5;
      await accounts.signIn({ user: n % 2 ? OFFICER.user : `user-${n}`, password: `wrong ${n}` }, `10.1.${n >> 8}.${n & 255}`);
    }
    expect(hashes).toBeLessThanOrEqual(100);
    expect(await enter('user-1', 'x', { address: '10.9.9.9' })).toMatchObject({ fault: { code: 'AUTH_SLOW_DOWN' } });
    expect(await enter()).toMatchObject({ ok: true });
  });

  it('asks for a one-time code once one was confirmed, and takes each code once', async () => {
    await accounts.createAccount(OFFICER);
    const { principal } = await open();
    const key = await accounts.enrolCode(principal);
    if (!key.ok) throw new Error(key.fault.code);
    const codeAt = (at: number) => new TOTP({ secret: Secret.fromBase32(key.value.secret) }).generate({ timestamp: at });
    expect(key.value.uri).toMatch(/^otpauth:\/\/totp\//);
    expect(JSON.stringify(await store.engine.query('select * from account'))).not.toContain(key.value.secret);
    expect(await enter()).toMatchObject({ ok: true });
    expect(await accounts.confirmCode(principal, '000000')).toMatchObject({ fault: { code: 'AUTH_REFUSED' } });
    const confirmed = await accounts.confirmCode(principal, codeAt(now));
    if (!confirmed.ok) throw new Error(confirmed.fault.code);
    const [kept] = await store.engine.query<{ hashes: string[] }>('select recovery_hashes as hashes from account where login = $1', [OFFICER.user]);
    expect(kept?.hashes.every((hash) => hash.startsWith('$argon2id$'))).toBe(true);
    expect(await enter(OFFICER.user, PASSWORD, { totp: confirmed.value.codes[9] })).toMatchObject({ ok: true });
    expect(await enter(OFFICER.user, PASSWORD, { totp: confirmed.value.codes[9] })).toMatchObject({ fault: { code: 'AUTH_REFUSED' } });
    expect(await enter()).toMatchObject({ fault: { code: 'AUTH_REFUSED', pointer: '/totp' } });
    expect(await enter(OFFICER.user, PASSWORD, { totp: codeAt(now) })).toMatchObject({ fault: { code: 'AUTH_REFUSED' } });
    now += MINUTE;
    expect(await enter(OFFICER.user, PASSWORD, { totp: codeAt(now) })).toMatchObject({ ok: true });
    expect(await enter(OFFICER.user, PASSWORD, { totp: codeAt(now) })).toMatchObject({ fault: { code: 'AUTH_REFUSED' } });
    expect(await accounts.enrolCode(principal)).toMatchObject({ fault: { code: 'AUTH_FORBIDDEN' } });
  });

  it('asks to sign in again before codes are set up or another session is ended, once signing in is a while ago', async () => {
    await accounts.createAccount(OFFICER);
    const [mine, other] = [await open(), await open()];
    const otherId = (other.principal.session ?? '').slice(0, 12);
    now += SESSION_LIMITS.freshMs + 1;
    expect(await accounts.enrolCode(mine.principal)).toMatchObject({ fault: { code: 'AUTH_AGAIN' } });
    expect(await accounts.endSessionOf(mine.principal, otherId)).toMatchObject({ fault: { code: 'AUTH_AGAIN' } });
    const again = await open();
    expect(await accounts.enrolCode(again.principal)).toMatchObject({ ok: true });
    expect(await accounts.endSessionOf(again.principal, otherId)).toMatchObject({ ok: true });
  });

  it('opens the one-time link five times within 15 minutes, with an operator\'s rights', async () => {
    const link = await accounts.createLink();
    for (let use = 0; use < SESSION_LIMITS.linkUses; use += 1) {
      expect(await accounts.useLink(link)).toMatchObject({ ok: true, value: { principal: { kind: 'person', roles: ['operator'], units: null } } });
    }
    expect(await accounts.useLink(link)).toMatchObject({ fault: { code: 'AUTH_LINK' } });
    const late = await accounts.createLink();
    now += SESSION_LIMITS.linkMs;
    expect(await accounts.useLink(late)).toMatchObject({ fault: { code: 'AUTH_LINK' } });
  });

  it('signs out: the token is worth nothing, whoever sends it again', async () => {
    await accounts.createAccount(OFFICER);
    const session = await open();
    await accounts.signOut(session.token);
    await accounts.signOut(session.token);
    expect(await accounts.principalOf(session.token)).toBeUndefined();
    expect(ended).toEqual([session.principal.session]);
    expect(await build().principalOf(session.token)).toBeUndefined();
  });

  it('pairs a wall by its code, once, and the wall outlives a night', async () => {
    const { code, secret } = await accounts.startPairing('w3x2/r1c1');
    expect(code).toMatch(/^[A-HJ-NP-Z2-9]{8}$/);
    expect(await accounts.finishPairing(secret)).toBeUndefined();
    expect(await accounts.approvePairing('WRONG234', 'w3x2/r1c1')).toMatchObject({ fault: { code: 'NOT_FOUND' } });
    expect(await accounts.approvePairing(`${code.slice(0, 4).toLowerCase()}-${code.slice(4)}`, 'w3x2/r1c2')).toMatchObject({ ok: true });
    const session = await accounts.finishPairing(secret);
    expect(session?.principal).toMatchObject({ kind: 'wall-device', wall: 'w3x2/r1c2', roles: [] });
    expect(await accounts.finishPairing(secret)).toBeUndefined();
    now += 24 * 60 * MINUTE;
    expect(await accounts.principalOf(session?.token ?? '')).toBeDefined();
  });
});
