import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { TimelineEntry } from '#contract/alertBook.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { createSilentLog } from '../kernel/log.ts';
import { createEscalation } from '../store/work/escalation.ts';
import { alertItem, testUnits } from '../store/topics/testStore.ts';
import { asPerson } from './testing/people.ts';
import { createWorkApp } from './testing/workApp.ts';

const MINUTE = 60_000;
const work = await createWorkApp();
const now = () => work.store.clock.now();
const later = (ms: number) => work.store.clock.move({ at: now() + ms });
const raise = async (change: object = {}) => (await work.store.send('alert', [alertItem({ at: now(), ...change })]))[0]!.id!;
const get = async <T>(url: string, person = 'operator'): Promise<T> => (await work.app.inject({ url, headers: asPerson(person) })).json();
const faultOf = (answer: { body: unknown }) => (answer.body as { fault?: { code: string } }).fault?.code;
const assign = async (id: string) => (await work.command<{ request: HandlingRequestState }>('alert.assign', { id, unit: '20242' })).body.request.id;
const log = () => work.store.engine.query<{ rev: number }>('select rev from event_log');

afterAll(() => work.close());
beforeEach(() => work.store.test.empty(['event_head']));

describe('a request beside its steps', () => {
  it('is nudged with a receipt, explained once per question, and marked on the way', async () => {
    const id = await assign(await raise());
    expect((await work.command('handling-request.nudge', { id, note: 'Đã quá nửa thời hạn' })).body).toMatchObject({ nudges: 1, nudgeReadAt: null });
    expect((await work.command('handling-request.confirm-nudge', { id }, 'ward-officer')).body).toMatchObject({ nudges: 1, nudgeReadAt: now() });
    expect((await work.command('handling-request.nudge', { id })).body).toMatchObject({ nudges: 2, nudgeReadAt: null, nudgeNote: null });

    const ask = { id, question: 'Vì sao chưa xử lý?', dueAt: now() + 60 * MINUTE };
    expect(faultOf(await work.command('handling-request.answer-explanation', { id, answer: 'Chưa ai hỏi' }, 'ward-officer'))).toBe('STATE_STEP');
    expect(faultOf(await work.command('handling-request.explain', { ...ask, dueAt: now() }))).toBe('REQUEST_BODY');
    expect((await work.command('handling-request.explain', ask)).body).toMatchObject({ explanationQuestion: ask.question, explanationDueAt: ask.dueAt });
    expect((await work.command('handling-request.answer-explanation', { id, answer: 'Thiếu máy bơm' }, 'ward-officer')).body).toMatchObject({ explanation: 'Thiếu máy bơm', explainedAt: now() });
    expect(faultOf(await work.command('handling-request.answer-explanation', { id, answer: 'Khác' }, 'ward-officer'))).toBe('STATE_STEP');

    expect(faultOf(await work.command('handling-request.set-out', { id }, 'ward-officer'))).toBe('STATE_STEP');
    await work.command('handling-request.accept', { id }, 'ward-officer');
    expect((await work.command('handling-request.arrive', { id }, 'ward-officer')).body).toMatchObject({ onTheWayAt: now(), arrivedAt: now() });
    const done = await work.command<HandlingRequestState>('handling-request.carry-out', { id, result: 'Đã bơm', media: ['at-1'] }, 'ward-officer');
    expect(done.body).toMatchObject({ step: 'carried-out', media: ['at-1'] });
    expect(faultOf(await work.command('handling-request.nudge', { id }))).toBe('STATE_STEP');
    expect((await work.command('handling-request.verify', { id, isAccepted: true })).body).toMatchObject({ step: 'verified' });
  });

  it('is nudged and asked by operators only, and hidden from other units', async () => {
    const id = await assign(await raise());
    for (const [name, body] of [['nudge', { id }], ['explain', { id, question: 'Vì sao?', dueAt: now() + MINUTE }], ['verify', { id, isAccepted: true }]] as const) {
      expect((await work.command(`handling-request.${name}`, body, 'ward-officer')).status).toBe(403);
    }
    expect((await work.command('handling-request.set-out', { id }, 'other-officer')).status).toBe(404);
  });
});

describe('a request given to another unit', () => {
  it('ends for the first, and what it is about waits for the second', async () => {
    const alert = await raise();
    const id = await assign(alert);
    expect((await work.command('handling-request.redirect', { id, unit: '20263', reason: 'Thuộc địa bàn khác' }, 'ward-officer')).status).toBe(403);
    expect(faultOf(await work.command('handling-request.redirect', { id, unit: '20242', reason: 'như cũ' }))).toBe('STATE_STEP');
    expect(faultOf(await work.command('handling-request.redirect', { id, unit: 'khong-co', reason: 'thử' }))).toBe('INGEST_UNIT');
    expect(await get(`/api/v1/handling-requests/${id}`)).toMatchObject({ step: 'sent' });
    const { body: fresh } = await work.command<HandlingRequestState>('handling-request.redirect', { id, unit: '20263', reason: 'Thuộc địa bàn khác' });
    expect(fresh).toMatchObject({ unit: '20263', step: 'sent', note: 'Thuộc địa bàn khác', about: { topic: 'alert', id: alert } });
    expect(await get(`/api/v1/handling-requests/${id}`)).toMatchObject({ step: 'returned', returnReason: 'Thuộc địa bàn khác' });
    expect(await get<AlertState>(`/api/v1/alerts/${alert}`)).toMatchObject({ state: 'assigned', unit: '20263', requestId: fresh.id });
    expect(faultOf(await work.command('handling-request.redirect', { id, unit: 'SO-MAU-A', reason: 'lần nữa' }))).toBe('STATE_STEP');
  });

  it('is found another unit after it was returned, and never once it is carried out', async () => {
    const alert = await raise();
    const id = await assign(alert);
    await work.command('handling-request.return', { id, reason: 'Không đúng thẩm quyền' }, 'ward-officer');
    const { body: fresh } = await work.command<HandlingRequestState>('handling-request.redirect', { id, unit: '20242', reason: 'Vẫn thuộc phường' });
    expect(fresh.id).toBeUndefined();
    const { body: other } = await work.command<HandlingRequestState>('handling-request.redirect', { id, unit: '20263', reason: 'Chuyển phường bên' });
    expect(other).toMatchObject({ step: 'sent', unit: '20263' });
    expect(await get<AlertState>(`/api/v1/alerts/${alert}`)).toMatchObject({ state: 'assigned', requestId: other.id });
    const done = await assign(await raise({ key: 'khác', ref: 'khác' }));
    await work.command('handling-request.accept', { id: done }, 'ward-officer');
    await work.command('handling-request.carry-out', { id: done, result: 'Đã xong' }, 'ward-officer');
    expect(faultOf(await work.command('handling-request.redirect', { id: done, unit: '20263', reason: 'muộn' }))).toBe('STATE_STEP');
  });
});

describe('an alert beside its life', () => {
  it('is commented by those who work on it, and its timeline says who did what when', async () => {
    const id = await raise();
    const request = await assign(id);
    later(MINUTE);
    await work.command('handling-request.accept', { id: request }, 'ward-officer');
    expect((await work.command('alert.comment', { id, text: 'Đang đặt rào chắn' }, 'operator')).body).toMatchObject({ comments: 1 });
    expect(faultOf(await work.command('alert.comment', { id, text: '   ' }))).toBe('STATE_REASON');
    const { items } = await get<{ items: TimelineEntry[] }>(`/api/v1/alerts/${id}/timeline`);
    expect(items.map(({ act, state, words }) => [act, state, words])).toEqual([
      ['source.sent', 'raised', null], ['alert.assign', 'assigned', null], ['handling-request.accept', 'in-progress', null], ['alert.comment', 'in-progress', 'Đang đặt rào chắn'],
    ]);
    expect(items.map(({ at }) => at)).toEqual([...items.map(({ at }) => at)].sort());
    expect((await get<{ fault: { code: string } }>(`/api/v1/alerts/al-999/timeline`)).fault.code).toBe('NOT_FOUND');
  });

  it('when ĐỎ is put aside only by two persons within half an hour', async () => {
    const id = await raise({ level: 1 });
    const wish = { id, until: now() + 60 * MINUTE, reason: 'Cảm biến hỏng' };
    expect(faultOf(await work.command('alert.shelve', wish))).toBe('STATE_STEP');
    expect(faultOf(await work.command('alert.confirm-shelve', { id }, 'second-operator'))).toBe('STATE_STEP');
    expect((await work.command('alert.propose-shelve', wish)).body).toMatchObject({ shelvedUntil: null, shelveAsk: { id: 'us-operator', reason: 'Cảm biến hỏng' } });
    expect(faultOf(await work.command('alert.confirm-shelve', { id }))).toBe('STATE_STEP');
    expect((await work.command('alert.confirm-shelve', { id }, 'second-operator')).body).toMatchObject({ level: 1, shelvedUntil: wish.until, shelvedReason: 'Cảm biến hỏng', shelveAsk: null });
    const other = await raise({ key: 'a-2', level: 1 });
    await work.command('alert.propose-shelve', { ...wish, id: other });
    later(31 * MINUTE);
    expect(faultOf(await work.command('alert.confirm-shelve', { id: other }, 'second-operator'))).toBe('STATE_STEP');
    const kept = await work.store.engine.query<{ body: string }>('select body::text as body from event_log');
    expect(kept.some(({ body }) => body.includes('Cảm biến hỏng'))).toBe(false);
  });
});

describe('a late alert', () => {
  it('climbs rung by rung with the clock, once each, also under two lookers and after a restart', async () => {
    const id = await raise({ level: 2, kind: 'crowd' });
    await raise({ key: 'a-2', level: 4 });
    const make = () => createEscalation({ engine: work.store.engine, clock: work.store.clock, log: createSilentLog(), units: testUnits, lookMs: 3_600_000 });
    const [first, second] = [make(), make()];
    const rung = async () => (await get<AlertState>(`/api/v1/alerts/${id}`)).escalated;
    later(15 * MINUTE);
    expect([await first.look(), await rung()]).toEqual([0, 0]);
    later(1);
    await Promise.all([first.look(), second.look(), first.look()]);
    expect([await rung(), (await log()).length]).toEqual([1, 3]);
    await first.close();
    later(30 * MINUTE);
    const third = make();
    expect([await third.look(), await third.look(), await rung()]).toEqual([1, 0, 2]);
    later(10 * 60 * MINUTE);
    await third.look();
    expect(await rung()).toBe(3);
    const { items } = await get<{ items: TimelineEntry[] }>(`/api/v1/alerts/${id}/timeline`);
    expect(items.filter(({ act }) => act === 'alert.escalate')).toHaveLength(3);
    await Promise.all([second.close(), third.close()]);
  });
});

describe('a flood through the door', () => {
  it('of 1,000 alerts shows a handful of rows, each ĐỎ by itself, and the load says flood', async () => {
    const kinds = ['flood', 'accident', 'congestion', 'crowd', 'environment'];
    const startAt = now() - 10 * MINUTE;
    const alerts = Array.from({ length: 1000 }, (_, index) =>
      alertItem({ key: `f-${index}`, at: startAt + index * 590, kind: kinds[index % 5], level: index % 400 === 7 ? 1 : 3, position: [108.2 + (index % 40) * 0.001, 16.05 + (index % 7) * 0.001] }),
    );
    await work.store.send('alert', alerts);
    const askedAt = performance.now();
    const { rows, alerts: count } = await get<{ rows: { form: string; level: number; members: string[] }[]; alerts: number }>('/api/v1/alerts/groups');
    process.stdout.write(`1,000 alerts → ${rows.length} rows in ${Math.round(performance.now() - askedAt)} ms\n`);
    expect([count, rows.flatMap(({ members }) => members).length]).toEqual([1000, 1000]);
    expect(rows.length).toBeLessThanOrEqual(10);
    expect(rows.filter(({ level }) => level === 1).map(({ members }) => members.length)).toEqual([1, 1, 1]);
    expect(await get('/api/v1/alerts/load?hours=1')).toMatchObject({ total: 1000, verdict: 'flood', peakPerTenMinutes: 1000 });
    expect((await get<{ alerts: number }>('/api/v1/alerts/groups', 'ward-officer')).alerts).toBeLessThan(1000);
  });
});
