import { Check } from 'typebox/value';
import { Id } from '#contract/base.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { KeptContent, KeptReport, ReportStorePort } from '../../domain/ports/reports.ts';
import { createTestStore, TEST_NOW, type TestStore } from '../topics/testStore.ts';
import { testEngineKinds } from '../engine/testEngines.ts';
import { createReportStore } from './reports.ts';

const DAY_MS = 86_400_000;
const content = { document: { summary: 'Báo cáo' }, figures: [], texts: {}, rows: {} } as unknown as KeptContent;
const report: Omit<KeptReport, 'id' | 'rev'> = {
  kind: 'weekly', title: 'Báo cáo tuần', unit: null, period: 'tuần', from: TEST_NOW - 7 * DAY_MS, to: TEST_NOW, dueAt: TEST_NOW, isLate: false, state: 'draft', provenance: 'real', hash: null,
  createdAt: TEST_NOW, createdBy: 'Người', updatedAt: TEST_NOW, lockedAt: null, lockedBy: null, sent: null, returnReason: null,
};

for (const kind of testEngineKinds()) {
  let store: TestStore;
  let reports: ReportStorePort;
  beforeAll(async () => {
    store = await createTestStore(kind);
    reports = createReportStore({ engine: store.engine });
  });
  afterAll(() => store.close());

  test(`${kind}: what is locked never changes and never goes`, async () => {
    const draft = await reports.add(report, content);
    const locked = await reports.change({ ...draft, state: 'locked', hash: 'a'.repeat(64) });
    if (!locked.ok) throw new Error(locked.fault.code);
    await expect(reports.change(locked.value, { ...content, texts: { x: 'y' } })).rejects.toThrow(/locked/);
    await expect(store.engine.query('update report set hash = $1 where n = 1', ['b'.repeat(64)])).rejects.toThrow(/locked/);
    await expect(store.engine.query('delete from report')).rejects.toThrow(/locked/);
    const sent = await reports.change({ ...locked.value, state: 'sent' });
    expect(sent).toMatchObject({ ok: true, value: { state: 'sent' } });
    expect(await reports.content(draft.id)).toEqual(content);
  });

  test(`${kind}: two people at once: the second is told`, async () => {
    const draft = await reports.add(report, content);
    expect(await reports.change({ ...draft, title: 'một' })).toMatchObject({ ok: true, value: { rev: 2 } });
    expect(await reports.change({ ...draft, title: 'hai' })).toMatchObject({ ok: false, fault: { code: 'STATE_CONFLICT' } });
  });

  test(`${kind}: a signed file comes back byte by byte, twice kept is once`, async () => {
    const { id } = await reports.add(report, content);
    const body = Uint8Array.from({ length: 300 }, (_, n) => n % 256);
    const file = await reports.keepSigned(id, body, 'Biên tập', TEST_NOW);
    expect(Check(Id, file)).toBe(true);
    expect(await reports.keepSigned(id, body, 'Biên tập', TEST_NOW)).toBe(file);
    expect([...((await reports.signed(id, file)) ?? [])]).toEqual([...body]);
    expect(await reports.signed('rp-999', file)).toBeUndefined();
  });

  test(`${kind}: a unit lists its own reports, an unknown one is none`, async () => {
    await reports.add({ ...report, kind: 'monthly-red', unit: 'SO-MAU-A' }, content);
    expect((await reports.list(new Set(['SO-MAU-A']))).map(({ unit }) => unit)).toEqual(['SO-MAU-A']);
    expect(await reports.list(new Set(['20263']))).toEqual([]);
    expect(await reports.get('rp-999')).toBeUndefined();
    expect(await reports.get("rp-1' or 1=1")).toBeUndefined();
  });

  test(`${kind}: every figure is counted from rows, within time and units`, async () => {
    const at = TEST_NOW - DAY_MS;
    const request = (n: number, unit: string) => ({ key: `r-${n}`, at, unit, title: `Hồ sơ ${n}`, dueAt: TEST_NOW - 1000 });
    await store.send('handling-request', [request(1, '20242'), request(2, '20242'), request(3, '20263')]);
    await store.engine.query(`update handling_request set step = 'carried-out', carried_out_at = $1 where ref = 'r-1'`, [at]);
    await store.send('dossier', [{ key: 'd-1', at, unit: '20242', procedure: 'TTHC-01', day: '2026-09-30', received: 40, onTime: 37, overdue: 3 }]);
    const figures = ['requests-not-carried-out', 'requests-overdue', 'feedback-overdue', 'feedback-handled', 'alerts-acknowledged-in-time', 'dossiers-overdue', 'outreach-reached', 'indicator-values', 'assignments-overdue', 'security-events'];
    const issued = Number((await store.engine.query<{ at: number }>('select min(issued_at) as at from handling_request'))[0]?.at);
    const [from, to] = [Math.min(at, issued) - 1, Math.max(TEST_NOW, issued) + 1];
    const whole = await reports.count(figures, from, to, null);
    const sums = (name: string, counted = whole) => (counted.get(name)?.rows ?? []).reduce<[number, number]>(([part, all], row) => [part + row.part, all + row.whole], [0, 0]);
    expect([...whole.keys()]).toEqual(figures);
    expect(sums('requests-not-carried-out')).toEqual([2, 3]);
    expect(sums('dossiers-overdue')).toEqual([3, 40]);
    const one = await reports.count(['requests-not-carried-out'], from, to, ['20263']);
    expect(sums('requests-not-carried-out', one)).toEqual([1, 1]);
    expect(one.get('requests-not-carried-out')?.query).toContain('units=20263');
    await store.engine.query(`insert into rollout_entry (kind, id, rev, body, reason, actor, actor_name, at) values ('outreach', 'tai-app', 1, $1, '', 'us-1', 'A', 1), ('outreach', 'tai-app', 2, $2, 'Sửa số', 'us-1', 'A', 2)`, [40, 55].map((count) => JSON.stringify({ on: new Date(at + 7 * 3_600_000).toISOString().slice(0, 10), channel: 'App', title: 'Lượt tải', what: 'downloads', count })));
    const byHand = await reports.count(['app-downloads', 'app-users', 'outreach-reached'], from - DAY_MS, to, null);
    expect([sums('app-downloads', byHand), sums('app-users', byHand), byHand.get('app-downloads')?.rows[0]?.provenance]).toEqual([[55, 0], [0, 0], 'manual']);
    expect(sums('requests-not-carried-out', await reports.count(['requests-not-carried-out'], from - DAY_MS, from, null))).toEqual([0, 0]);
    await expect(reports.count(['no-such'], 0, 1, null)).rejects.toThrow(/no figure/);
  });
}
