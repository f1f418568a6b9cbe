import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditHash } from './audit.ts';
import { parseBearer } from './ingestKey.ts';
import { createLoginLimiter, LOGIN_ALLOWANCES } from './loginLimiter.ts';
import { pairingCode, readPairingCode } from './pairingCode.ts';
import { isPasswordWeak } from './password.ts';
import { isSessionAlive, SESSION_LIMITS } from './session.ts';

describe('passwords', () => {
  it.each(['short one', 'password1234', 'Toàn Cảnh 2026!', 'MatKhau@12345', 'aaaaaaaaaaaaaaaa', '123456789012', 'qwertyuiop123', 'abcdefghijklm', 'Đà Nẵng 123456', 'admin admin admin', '            '])(
    'refuses %j',
    (password) => expect(isPasswordWeak(password, 'can-bo')).toBe(true),
  );

  it.each(['sông Hàn chảy lặng lẽ', 'kq7wd-m3xpa-9htrz-ub4ce', 'ba con voi đi dạo', 'N6v!rT2#pLx9'])('takes %j', (password) => expect(isPasswordWeak(password, 'can-bo')).toBe(false));

  it('refuses one made of the name of its user', () => {
    expect(isPasswordWeak('zephyrine-2026', 'zephyrine')).toBe(true);
    expect(isPasswordWeak('zephyrine-lkmwq', 'can-bo')).toBe(false);
  });
});

describe('sessions', () => {
  const session = { kind: 'person' as const, lastSeenAt: 0, expiresAt: SESSION_LIMITS.absoluteMs, endedAt: null };

  it('die of idleness, of age, and by being ended; walls do not die of idleness', () => {
    expect(isSessionAlive(session, SESSION_LIMITS.idleMs - 1)).toBe(true);
    expect(isSessionAlive(session, SESSION_LIMITS.idleMs)).toBe(false);
    expect(isSessionAlive({ ...session, lastSeenAt: SESSION_LIMITS.absoluteMs - 1 }, SESSION_LIMITS.absoluteMs)).toBe(false);
    expect(isSessionAlive({ ...session, endedAt: 1 }, 2)).toBe(false);
    expect(isSessionAlive({ ...session, kind: 'wall-device' }, SESSION_LIMITS.absoluteMs - 1)).toBe(true);
  });
});

describe('the limit on sign-ins', () => {
  const tries = (limiter: ReturnType<typeof createLoginLimiter>, count: number, who: (n: number) => [string, string], at: (n: number) => number) =>
    Array.from({ length: count }, (_, n) => limiter.take(...who(n), at(n))).filter(({ ok }) => ok).length;

  it('counts by account, whatever the address', () => {
    expect(tries(createLoginLimiter(), 1000, (n) => ['admin', `10.0.0.${n}`], () => 0)).toBe(LOGIN_ALLOWANCES.account.burst);
  });

  it('counts by address, whatever the account', () => {
    expect(tries(createLoginLimiter(), 1000, (n) => [`user-${n}`, '10.0.0.1'], () => 0)).toBe(LOGIN_ALLOWANCES.address.burst);
  });

  it('counts in all, whatever both are', () => {
    expect(tries(createLoginLimiter(), 10_000, (n) => [`user-${n}`, `address-${n}`], (n) => n * 6)).toBeLessThanOrEqual(100);
  });

  it('says how long to wait, and lets in after it', () => {
    const limiter = createLoginLimiter();
    tries(limiter, 5, () => ['admin', 'a'], () => 0);
    const refused = limiter.take('admin', 'a', 0);
    if (refused.ok) throw new Error('it must be refused');
    expect(limiter.take('admin', 'a', refused.waitMs - 1)).toMatchObject({ ok: false });
    expect(limiter.take('admin', 'a', refused.waitMs)).toMatchObject({ ok: true });
  });

  it('counts no success, and keeps a known desk apart from strangers who try its account', () => {
    const limiter = createLoginLimiter();
    for (let n = 0; n < 100; n += 1) {
      const taken = limiter.take('truc-ban', 'desk', 0);
      if (!taken.ok) throw new Error('a success must not be counted');
      taken.succeed();
    }
    tries(limiter, 1000, (n) => ['truc-ban', `address-${n}`], () => 0);
    expect(limiter.take('truc-ban', 'elsewhere', 0)).toMatchObject({ ok: false });
    expect(limiter.take('truc-ban', 'desk', 0)).toMatchObject({ ok: true });
  });
});

describe('keys and codes', () => {
  it('reads a whole key and nothing else', () => {
    const secret = 'aB3'.repeat(11);
    expect(parseBearer(`ioc_key1_${secret}`)).toEqual({ id: 'key1', secret });
    for (const bad of [`ioc_Key1_${secret}`, `ioc__${secret}`, `ioc_key1_${secret.slice(2)}`, `ioc_key1_${secret}_`, ` ioc_key1_${secret}`, `ioc_key1_${secret}\n`]) {
      expect(parseBearer(bad)).toBeUndefined();
    }
  });

  it('makes codes that survive being read aloud and typed by hand', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (bytes) => {
        const code = pairingCode(bytes);
        expect(code).toMatch(/^[A-HJ-NP-Z2-9]{8}$/);
        expect(readPairingCode(` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)}`)).toBe(code);
      }),
    );
  });

  it('gives another audit hash for any other line or place in the chain', () => {
    const line = { n: 2, at: 5, actor: 'ac-1', action: 'alert.close', object: 'al-1' };
    const others = [{ n: 3 }, { at: 6 }, { actor: 'ac-2' }, { action: 'alert.assign' }, { object: 'al-2' }].map((change) => auditHash('p', { ...line, ...change }));
    expect(new Set([auditHash('p', line), auditHash('q', line), ...others]).size).toBe(7);
  });
});
