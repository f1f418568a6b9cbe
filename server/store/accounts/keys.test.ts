import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRealClock } from '../../kernel/clock.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { migrate } from '../engine/migrate.ts';
import { createTestEngine, type TestEngine, testEngineKinds } from '../engine/testEngines.ts';
import { type Accounts, createAccounts } from './accounts.ts';
import { appendAudit, verifyAudit } from './audit.ts';

const CAMERAS = { id: 'vendor-a', name: 'Nhà cung cấp A', topics: ['camera' as const], provenance: 'real' as const };

describe.each(testEngineKinds())('keys and audit on %s', (kind) => {
  let store: TestEngine;
  let now: number;
  let accounts: Accounts;

  beforeAll(async () => {
    store = await createTestEngine(kind);
    await migrate(store.engine, createSilentLog());
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    await store.empty(['event_head']);
    now = Date.UTC(2026, 9, 1, 1);
    accounts = createAccounts({ engine: store.engine, clock: createRealClock(() => now), log: createSilentLog(), sealKey: new Uint8Array(32) });
  });

  it('gives the source of a good key and nothing for any other', async () => {
    const bearer = await accounts.createKey('máy chủ 1', CAMERAS);
    expect(bearer).toMatch(/^ioc_[a-z0-9]{1,16}_[A-Za-z0-9]{32,}$/);
    expect(await accounts.sourceOf(bearer)).toMatchObject(CAMERAS);
    const flipped = bearer.slice(0, -1) + (bearer.endsWith('A') ? 'B' : 'A');
    for (const bad of [flipped, `${bearer}x`, '', 'ioc__', 'ioc___proto___x', bearer.replace('ioc_', 'IOC_')]) expect(await accounts.sourceOf(bad)).toBeUndefined();
    expect(JSON.stringify(await store.engine.query('select * from ingest_key'))).not.toContain(bearer.split('_')[2]);
  });

  it('keeps two keys of a source active, ends the oldest at the third, and revokes at once', async () => {
    const [first, second, third] = [await accounts.createKey('1', CAMERAS), (now += 1, await accounts.createKey('2', CAMERAS)), (now += 1, await accounts.createKey('3', CAMERAS))];
    expect(await accounts.sourceOf(first)).toBeUndefined();
    expect(await accounts.sourceOf(second)).toBeDefined();
    expect(await accounts.sourceOf(third)).toBeDefined();
    expect(await accounts.revokeKey(second.split('_')[1] ?? '')).toMatchObject({ ok: true });
    expect(await accounts.sourceOf(second)).toBeUndefined();
    expect(await accounts.revokeKey('nosuchkey')).toMatchObject({ fault: { code: 'NOT_FOUND' } });
    expect((await accounts.listKeys()).map(({ revokedAt }) => revokedAt !== null)).toEqual([true, true, false]);
  });

  it('keeps one key for a source inside the server, with another secret at every start', async () => {
    await accounts.createKey('trước đây', CAMERAS);
    const first = await accounts.renewKey('inside', CAMERAS);
    const second = await accounts.renewKey('inside', CAMERAS);
    expect(await accounts.sourceOf(first)).toBeUndefined();
    expect(await accounts.sourceOf(second)).toMatchObject(CAMERAS);
    expect((await accounts.listKeys()).map(({ id }) => id)).toEqual(['inside']);
  });

  it('holds a key to its networks', async () => {
    const bearer = await accounts.createKey('mạng trong', { ...CAMERAS, networks: ['10.20.0.0/16', 'fd00::/8'], ratePerMinute: 60 });
    expect(await accounts.sourceOf(bearer, '10.20.3.4')).toMatchObject({ ratePerMinute: 60 });
    expect(await accounts.sourceOf(bearer, '::ffff:10.20.3.4')).toBeDefined();
    expect(await accounts.sourceOf(bearer, 'fd12::1')).toBeDefined();
    expect(await accounts.sourceOf(bearer, '10.21.0.1')).toBeUndefined();
    expect(await accounts.sourceOf(bearer, '2001:db8::1')).toBeUndefined();
  });

  it('takes a key from outside unchanged, again and again, and refuses one of another form', async () => {
    const bearer = `ioc_env1_${'a1B2'.repeat(8)}`;
    expect(await accounts.ensureKey(bearer)).toEqual({ ok: true, value: { id: 'env-env1', name: 'env-env1', topics: null, provenance: 'real' } });
    expect(await accounts.ensureKey(bearer)).toMatchObject({ ok: true });
    expect(await accounts.sourceOf(bearer)).toMatchObject({ id: 'env-env1', topics: null });
    for (const bad of ['ioc_A_x', `ioc_toolongtoolongtoolong_${'a'.repeat(32)}`, `ioc_a_${'a'.repeat(31)}`]) {
      expect(await accounts.ensureKey(bad)).toMatchObject({ fault: { code: 'AUTH_KEY' } });
    }
    await accounts.revokeKey('env1');
    expect(await accounts.ensureKey(bearer)).toMatchObject({ fault: { code: 'AUTH_KEY' } });
  });

  it('chains the audit log, in order even when many write at once', async () => {
    expect(await verifyAudit(store.engine)).toEqual({ ok: true, lines: 0, head: '' });
    await Promise.all(Array.from({ length: 20 }, (_, n) => store.engine.tx((tx) => appendAudit(tx, { actor: 'ac-1', action: 'test', object: `o-${n}`, at: now + n }))));
    expect(await verifyAudit(store.engine)).toMatchObject({ ok: true, lines: 20 });
  });

  it('refuses a change of the audit log, and names the first line that someone with more power changed or removed', async () => {
    for (let n = 1; n <= 5; n += 1) await store.engine.tx((tx) => appendAudit(tx, { actor: 'ac-1', action: 'test', object: `o-${n}`, at: now }));
    await expect(store.engine.query(`update audit_log set actor = 'ac-2' where n = 3`)).rejects.toThrow('append-only');
    const force = (sql: string) =>
      store.engine.tx(async (tx) => {
        await tx.query('alter table audit_log disable trigger audit_log_append_only');
        await tx.query(sql);
        await tx.query('alter table audit_log enable trigger audit_log_append_only');
      });
    await force('delete from audit_log where n = 5');
    expect(await verifyAudit(store.engine)).toEqual({ ok: false, lines: 4, firstBad: 5, why: 'missing' });
    await force(`update audit_log set actor = 'ac-2' where n = 3`);
    expect(await verifyAudit(store.engine)).toEqual({ ok: false, lines: 2, firstBad: 3, why: 'changed' });
    await force('delete from audit_log where n = 2');
    expect(await verifyAudit(store.engine)).toEqual({ ok: false, lines: 1, firstBad: 2, why: 'missing' });
  });
});
