import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRealClock } from '../../kernel/clock.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { MIGRATIONS_FOLDER, migrate } from '../engine/migrate.ts';
import { createTestEngine, testEngineKinds, type TestEngine } from '../engine/testEngines.ts';
import { createAccounts } from './accounts.ts';
import { appendAudit, verifyAudit } from './audit.ts';
import { createHasher } from './hasher.ts';
import { hashOf } from './secrets.ts';

/** Last file of a store that knew accounts, alerts and the audit log, and nothing of guests, classes of data, signed heads or limits on rows. */
const LAST_OLD = '0300_red.sql';
const PASSWORD = 'Ngu-Hanh-Son-Nam-Ngon';
const TOKEN = 'x'.repeat(43);
const NOW = Date.UTC(2026, 10, 1);

describe.each(testEngineKinds())('a store from before the rights of today, on %s', (kind) => {
  let store: TestEngine;
  let old: string;

  beforeAll(async () => {
    store = await createTestEngine(kind);
    await store.wipe();
    old = mkdtempSync(join(tmpdir(), 'toan-canh-old-'));
    for (const name of readdirSync(MIGRATIONS_FOLDER).filter((file) => file <= LAST_OLD)) copyFileSync(join(MIGRATIONS_FOLDER, name), join(old, name));
    await migrate(store.engine, createSilentLog(), old);
    const hash = await createHasher().hash(PASSWORD);
    const account = (login: string, roles: string[], units: string[] | null) => store.engine.query('insert into account (login, name, position, roles, units, password_hash, created_at) values ($1, $1, $1, $2, $3, $4, 0)', [login, roles, units, hash]);
    await account('admin', ['admin'], null);
    await account('can-bo', ['unit-officer'], ['20242']);
    await account('kiem-toan', ['auditor'], null);
    await store.engine.query(`insert into session (token_hash, kind, account_id, created_at, last_seen_at, expires_at) values ($1, 'person', 2, $2, $2, $3)`, [hashOf(TOKEN), NOW, NOW + 3_600_000]);
    await store.engine.query(`insert into ingest_key (id, name, secret_hash, source, source_name, provenance, created_at) values ('cu', 'cũ', $1, 'vendor', 'Nhà cung cấp', 'real', 0)`, [hashOf('k'.repeat(40))]);
    for (const [title, unit] of [['east', '20242'], ['west', '20257']]) {
      await store.engine.query(
        `insert into alert (source, ref, rev, kind, level, title, status, state, unit, provenance, raised_at, received_at, updated_at, acknowledge_by, due_at, search_key) values ('s', $1, 1, 'flood', 1, $1, 'active', 'raised', $2, 'manual', 0, 0, 0, 0, 0, $1)`,
        [title, unit],
      );
    }
    for (let n = 0; n < 50; n += 1) await store.engine.tx((tx) => appendAudit(tx, { actor: 'ac-1', action: 'test', object: `o-${n}`, at: NOW + n }));
  });
  afterAll(async () => {
    await store.wipe();
    await store.close();
    rmSync(old, { recursive: true, force: true });
  });

  it('comes forward once, with people, sessions, keys and the audit chain as they were', async () => {
    const applied = await migrate(store.engine, createSilentLog());
    expect(applied).toContain('0765_account_security');
    expect(await migrate(store.engine, createSilentLog())).toEqual([]);
    const accounts = createAccounts({ engine: store.engine, clock: createRealClock(() => NOW), log: createSilentLog(), sealKey: new Uint8Array(32) });
    expect((await accounts.listAccounts()).map(({ user, dataClass, expiresAt, hasCode }) => [user, dataClass, expiresAt, hasCode])).toEqual([['admin', 'personal', null, false], ['can-bo', 'personal', null, false], ['kiem-toan', 'internal', null, false]]);
    expect((await accounts.principalOf(TOKEN))?.principal).toMatchObject({ name: 'can-bo', units: ['20242'] });
    expect(await accounts.signIn({ user: 'admin', password: PASSWORD }, 'desk')).toMatchObject({ ok: true });
    expect(await accounts.sourceOf(`ioc_cu_${'k'.repeat(40)}`)).toMatchObject({ id: 'vendor' });
    expect(await verifyAudit(store.engine)).toMatchObject({ ok: true, lines: 51 });
  });

  it('holds old rows to the units of who reads', async () => {
    expect(await store.engine.guardRows()).toBe(true);
    const titles = () => store.engine.query<{ title: string }>('select title from alert order by n').then((rows) => rows.map(({ title }) => title));
    expect(await titles()).toEqual(['east', 'west']);
    expect(await store.engine.narrow(new Set(['20242']), titles)).toEqual(['east']);
  });
});
