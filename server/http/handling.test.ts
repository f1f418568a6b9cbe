import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HandlingBoard } from '#contract/handling.ts';
import { alertItem } from '../store/topics/testStore.ts';
import { createWorkApp, type WorkApp } from './testing/workApp.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('figures of handling', () => {
  let work: WorkApp;
  let start: number;
  const get = (path: string, person = 'operator') => work.app.inject({ method: 'GET', url: path, headers: { cookie: `__Host-ioc=${person}` } });
  const ask = async (query: string, person?: string) => (await get(`/api/v1/handling?${query}&from=${start - DAY}&to=${start + DAY}`, person)).json() as HandlingBoard;

  beforeAll(async () => {
    work = await createWorkApp();
    const { clock, send } = work.store;
    start = clock.now();
    const taken = await send('alert', [alertItem({ key: 'a', at: start }), alertItem({ key: 'b', at: start, position: [108.23, 16.06], kind: 'fire' }), alertItem({ key: 'old', at: start - DAY - MINUTE })]);
    const [first] = taken;
    clock.move({ at: start + 10 * MINUTE });
    await work.command('alert.acknowledge', { id: first!.id });
    const assigned = await work.command<{ request: { id: string } }>('alert.assign', { id: first!.id, unit: '20242' });
    clock.move({ at: start + 25 * MINUTE });
    await work.command('handling-request.accept', { id: assigned.body.request.id });
    clock.move({ at: start + 70 * MINUTE });
    await work.command('handling-request.carry-out', { id: assigned.body.request.id, result: 'Đã thông' });
    await work.command('alert.verify', { id: first!.id, isAccepted: true });
  });
  afterAll(() => work.close());

  it('measures each step from its own beginning', async () => {
    const board = await ask('of=alert&by=category');
    expect(board.whole.now).toMatchObject({ total: 2, open: 1, acknowledgeMs: 10 * MINUTE, acceptMs: 15 * MINUTE, resolveMs: 70 * MINUTE, overdue: 0 });
    expect(board.rows.map(({ group, now }) => [group, now.total])).toEqual([['fire', 1], ['flood', 1]]);
    expect(board.whole.before).toMatchObject({ total: 1, open: 1 });
  });

  it('counts requests by unit, with the name of the unit', async () => {
    const board = await ask('of=request&by=unit');
    expect(board.rows).toMatchObject([{ group: '20242', name: 'Hải Châu', now: { total: 1, acceptMs: 15 * MINUTE, resolveMs: 60 * MINUTE } }]);
  });

  it('shows an officer only what is theirs', async () => {
    expect((await ask('of=alert&by=ward', 'other-officer')).rows.map(({ group }) => group)).toEqual(['20263']);
  });

  it('is late from the millisecond after the deadline on', async () => {
    const due = await work.store.engine.query<{ dueAt: number }>(`select due_at as "dueAt" from alert where kind = 'fire'`);
    work.store.clock.move({ at: due[0]!.dueAt });
    expect((await ask('of=alert&by=ward')).whole.now.overdue).toBe(0);
    work.store.clock.move({ at: due[0]!.dueAt + 1 });
    expect((await ask('of=alert&by=ward')).whole.now).toMatchObject({ overdue: 1, overdueShare: 0.5 });
  });

  it('goes out as CSV, XLSX and GeoJSON, and refuses a period that runs backwards', async () => {
    const period = `from=${start - DAY}&to=${start + DAY}`;
    const csv = await get(`/api/v1/handling.csv?of=alert&by=ward&${period}`);
    expect(csv.body).toContain('Tỷ lệ quá hạn (%)');
    expect(csv.body.trim().split('\r\n')).toHaveLength(4);
    const book = await get(`/api/v1/handling.xlsx?of=alert&by=ward&${period}`);
    expect(book.rawPayload.subarray(0, 2).toString()).toBe('PK');
    expect((await get(`/api/v1/handling.geojson?of=alert&by=ward&${period}`)).json().features).toHaveLength(2);
    const forPeople = await get(`/api/v1/handling.csv?of=alert&by=category&csv=vi&${period}`);
    expect(forPeople.body).toMatch(/^\uFEFFLĩnh vực;Tổng;/);
    expect(forPeople.body).toMatch(/^Cháy nổ;/m);
    const placeless = await get(`/api/v1/handling.geojson?of=alert&by=category&${period}`);
    expect([placeless.statusCode, placeless.json().fault.pointer]).toEqual([400, '/by']);
    expect((await get(`/api/v1/handling?of=alert&by=ward&from=5&to=5`)).json().fault.code).toBe('REQUEST_QUERY');
  });
});
