import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { auditHash } from '../../domain/account/audit.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { migrate } from '../engine/migrate.ts';
import { createTestEngine, testEngineKinds, type TestEngine } from '../engine/testEngines.ts';
import { appendAudit, verifyAudit } from './audit.ts';
import { createAuditHeads, readHeads, type AuditHeads } from './auditHeads.ts';
import { createPurge } from './purge.ts';
import { createSettingsStore } from './settings.ts';
import { createSeal } from '../topics/seal.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 1);

describe.each(testEngineKinds())('signed heads and removing what is past its keeping on %s', (kind) => {
  let store: TestEngine;
  let folder: string;
  let heads: AuditHeads;
  const file = () => join(folder, 'audit', 'heads.jsonl');
  const append = (count: number, at = NOW) => store.engine.tx(async (tx) => {
    for (let n = 0; n < count; n += 1) await appendAudit(tx, { actor: 'ac-1', action: 'test', object: `o-${n}`, at });
  });
  const force = (sql: string, params: unknown[] = []) => store.engine.tx(async (tx) => {
    await tx.query('alter table audit_log disable trigger audit_log_append_only');
    await tx.query(sql, params);
    await tx.query('alter table audit_log enable trigger audit_log_append_only');
  });

  beforeAll(async () => {
    store = await createTestEngine(kind);
    await migrate(store.engine, createSilentLog());
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    await store.empty(['event_head']);
    folder = mkdtempSync(join(tmpdir(), 'toan-canh-heads-'));
    heads = createAuditHeads({ db: store.engine, dataFolder: folder, now: () => NOW, log: createSilentLog() });
    return () => {
      heads.close();
      rmSync(folder, { recursive: true, force: true });
    };
  });

  it('signs the head when it moved, and the chain holds against it', async () => {
    await append(3);
    expect(await heads.sign()).toMatchObject({ n: 3 });
    await heads.sign();
    await append(2);
    await heads.sign();
    expect(readHeads(folder).map(({ head, isGenuine }) => [head?.n, isGenuine])).toEqual([[3, true], [5, true]]);
    expect(await verifyAudit(store.engine, readHeads(folder))).toMatchObject({ ok: true, lines: 5 });
  });

  it('names the line of one flipped byte in the store, and of one in a signature', async () => {
    await append(6);
    await heads.sign();
    await force(`update audit_log set object = overlay(object placing chr(ascii(substr(object, 3, 1)) + 1) from 3) where n = 4`);
    expect(await verifyAudit(store.engine, readHeads(folder))).toEqual({ ok: false, lines: 3, firstBad: 4, why: 'changed' });
    const text = readFileSync(file(), 'utf8');
    const at = text.indexOf('"signature":"') + 20;
    writeFileSync(file(), `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`);
    expect(await verifyAudit(store.engine, readHeads(folder))).toMatchObject({ ok: false, firstBad: 6, why: 'unsigned' });
  });

  it('finds a chain that was written anew as a whole, or cut short', async () => {
    await append(4);
    await heads.sign();
    const lines = await store.engine.query<{ n: number; at: number; actor: string; action: string; object: string }>('select n, at, actor, action, object from audit_log order by n');
    let prev = '';
    for (const line of lines) {
      const changed = line.n === 2 ? { ...line, actor: 'ac-9' } : line;
      const hash = auditHash(prev, changed);
      await force('update audit_log set actor = $2, prev = $3, hash = $4 where n = $1', [line.n, changed.actor, prev, hash]);
      prev = hash;
    }
    await store.engine.query('update audit_head set hash = $1', [prev]);
    expect(await verifyAudit(store.engine)).toMatchObject({ ok: true });
    expect(await verifyAudit(store.engine, readHeads(folder))).toMatchObject({ ok: false, firstBad: 4, why: 'changed' });
  });

  it('removes old lines with a receipt that proves which, and the rest still holds', async () => {
    const settings = createSettingsStore({ engine: store.engine, seal: createSeal(new Uint8Array(32)), now: () => NOW });
    const purge = createPurge({ engine: store.engine, settings, now: () => NOW });
    await append(5, NOW - 800 * DAY_MS);
    await append(3);
    expect((await purge.preview()).items).toContainEqual({ what: 'audit', before: NOW - 730 * DAY_MS, rows: 5 });
    expect(await store.engine.query('select n from audit_log')).toHaveLength(8);
    const [receipt] = await purge.run('ac-1', 'Hết hạn lưu giữ');
    expect(receipt).toMatchObject({ what: 'audit', rows: 5, by: 'ac-1', reason: 'Hết hạn lưu giữ', hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await purge.receipts()).toEqual([receipt]);
    expect([await purge.receipt(receipt!.id), await purge.receipt('pg-99'), await purge.receipt('x')]).toEqual([receipt, undefined, undefined]);
    expect((await purge.preview()).items.every(({ rows }) => rows === 0)).toBe(true);
    expect(await store.engine.query('select n from audit_log order by n')).toEqual([6, 7, 8, 9].map((n) => ({ n })));
    expect(await verifyAudit(store.engine, readHeads(folder))).toMatchObject({ ok: true, lines: 9 });
    expect(await purge.run('system', null)).toEqual([]);
    await expect(store.engine.query('delete from audit_log where n = 6')).rejects.toThrow('append-only');
  });

  it('keeps the traces of what was watched and changed longer than a store from before asks', async () => {
    await store.engine.query(`insert into setting (name, value, changed_by, changed_at) values ('security', $1, 'ac-1', 0)`, [JSON.stringify({ keepAuditDays: 1, keepViewsDays: 2, idleMinutes: 45 })]);
    const settings = createSettingsStore({ engine: store.engine, seal: createSeal(new Uint8Array(32)), now: () => NOW });
    expect(await settings.read()).toMatchObject({ keepAuditDays: 90, keepViewsDays: 30, idleMinutes: 45 });
  });
});
