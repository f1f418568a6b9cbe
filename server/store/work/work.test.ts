import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Principal, Role } from '#contract/roles.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import type { FeedbackState } from '#contract/topics/feedback.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import type { CommandHandlers } from '../../domain/ports/work.ts';
import { createMovableClock, type MovableClock } from '../../kernel/clock.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { verifyAudit } from '../accounts/audit.ts';
import { StoreConflict, StoreUnavailable } from '../engine/errors.ts';
import { migrate } from '../engine/migrate.ts';
import { createTestEngine, type TestEngine, testEngineKinds } from '../engine/testEngines.ts';
import { alertTable } from '../topics/alert.ts';
import { feedbackTable } from '../topics/feedback.ts';
import { handlingRequestTable } from '../topics/handlingRequest.ts';
import { createWork } from './work.ts';

const AT = Date.parse('2026-10-05T10:00+07:00');
const MINUTE = 60_000;
const TREE: Record<string, string[]> = { 'so-a': ['chi-cuc-a'] };
const UNITS = new Set(['20242', '20245', 'so-a', 'chi-cuc-a']);

const person = (id: string, role: Role, units: string[] | null): Principal => ({ kind: 'person', id, name: `Tên ${id}`, roles: [role], units });
const OPERATOR = person('ac-1', 'operator', null);
const SECOND = person('ac-2', 'operator', null);
const OFFICER = person('ac-3', 'unit-officer', ['20242']);
const SIBLING = person('ac-4', 'unit-officer', ['20245']);
const AGENCY = person('ac-5', 'unit-officer', ['so-a']);
const LEADER = person('ac-6', 'leader', null);

describe.each(testEngineKinds())('work on %s', (kind) => {
  let store: TestEngine;
  let clock: MovableClock;
  let work: Required<CommandHandlers>;
  let alert: string;
  let report: string;

  const raise = async (change: Partial<AlertState> = {}) =>
    store.engine.tx(async (tx) => {
      const [id = ''] = await alertTable.nextIds(tx, 1);
      const state: AlertState = {
        id, ref: id, source: 'test', kind: 'flood', level: 2, title: 'Ngập đường', text: null, status: 'active', state: 'raised', owner: null, unit: null,
        ward: '20242', position: [108.2, 16.06], area: null, cameraKey: null, evidence: [], confidence: null, provenance: 'simulated', raisedAt: AT,
        receivedAt: AT, updatedAt: AT, acknowledgeBy: AT + 15 * MINUTE, dueAt: AT + 480 * MINUTE, acknowledgedAt: null, assignedAt: null, resolvedAt: null,
        verifiedAt: null, closedAt: null, requestId: null, shelvedUntil: null, shelvedReason: null, escalated: 0, duplicateOf: null, ...change,
      };
      await alertTable.insert(tx, [{ rev: 1, state }]);
      return id;
    });
  const report311 = async () =>
    store.engine.tx(async (tx) => {
      const [id = ''] = await feedbackTable.nextIds(tx, 1);
      const state: FeedbackState = {
        id, ref: id, source: 'test', service: 'environment', description: 'Rác chưa thu gom, số điện thoại của tôi là …', address: 'Đường Trần Phú', media: [],
        state: 'received', unit: null, ward: '20242', position: null, provenance: 'simulated', reportedAt: AT, receivedAt: AT, updatedAt: AT,
        dueAt: AT + 72 * 60 * MINUTE, resolvedAt: null, verifiedAt: null, result: null, requestId: null, duplicateOf: null,
      };
      await feedbackTable.insert(tx, [{ rev: 1, state }]);
      return id;
    });
  const alertNow = async (id = alert) => (await alertTable.read(store.engine, [id]))[0];
  const reportNow = async () => (await feedbackTable.read(store.engine, [report]))[0];
  const requestNow = async (id: string) => (await handlingRequestTable.read(store.engine, [id]))[0];
  const logged = () => store.engine.query<{ topic: string; thing: string; rev: number; body: object }>('select topic, thing, rev, body from event_log order by seq');
  const send = async (unit = '20242', id = alert): Promise<HandlingRequestState> => {
    const outcome = await work['alert.assign'](OPERATOR, { id, unit });
    if (!outcome.ok) throw new Error(outcome.fault.code);
    return outcome.value.request;
  };
  const carryOut = async (id: string) => {
    await work['handling-request.accept'](OFFICER, { id });
    return work['handling-request.carry-out'](OFFICER, { id, result: 'Đã bơm nước' });
  };

  beforeAll(async () => {
    store = await createTestEngine(kind);
    await migrate(store.engine, createSilentLog());
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    await store.empty(['event_head']);
    clock = createMovableClock(AT, () => 0);
    const units = { has: (code: string) => UNITS.has(code), subtree: (code: string) => TREE[code] ?? [] };
    work = createWork({ engine: store.engine, clock, log: createSilentLog(), units }) as Required<CommandHandlers>;
    alert = await raise();
    report = await report311();
  });

  it('takes an alert from raised to closed with a unit, each step logged once with the whole state', async () => {
    expect(await work['alert.acknowledge'](OPERATOR, { id: alert })).toMatchObject({ ok: true, value: { state: 'acknowledged', owner: { id: 'ac-1' } } });
    clock.move({ at: AT + MINUTE });
    const request = await send();
    expect(request).toMatchObject({ step: 'sent', unit: '20242', level: 2, title: 'Ngập đường', dueAt: AT + 480 * MINUTE, issuedBy: 'Tên ac-1', about: { topic: 'alert', id: alert } });
    expect((await alertNow())?.state).toMatchObject({ state: 'assigned', unit: '20242', requestId: request.id, assignedAt: AT + MINUTE });
    for (const command of ['handling-request.deliver', 'handling-request.read', 'handling-request.accept'] as const) {
      clock.move({ at: clock.now() + MINUTE });
      expect(await work[command](OFFICER, { id: request.id })).toMatchObject({ ok: true });
    }
    expect((await alertNow())?.state.state).toBe('in-progress');
    expect(await work['handling-request.carry-out'](OFFICER, { id: request.id, result: 'Đã bơm nước' })).toMatchObject({ ok: true, value: { step: 'carried-out', result: 'Đã bơm nước' } });
    expect((await alertNow())?.state).toMatchObject({ state: 'resolved', resolvedAt: AT + 4 * MINUTE });
    expect(await work['alert.verify'](SECOND, { id: alert, isAccepted: true })).toMatchObject({ ok: true, value: { state: 'verified' } });
    expect((await requestNow(request.id))?.state).toMatchObject({ step: 'verified', verifiedBy: 'Tên ac-2', deliveredAt: AT + 2 * MINUTE, readAt: AT + 3 * MINUTE, acceptedAt: AT + 4 * MINUTE });
    expect(await work['alert.close'](OPERATOR, { id: alert })).toMatchObject({ ok: true, value: { state: 'closed' } });

    const entries = await logged();
    expect(entries.filter(({ topic }) => topic === 'alert').map(({ rev }) => rev)).toEqual([2, 3, 4, 5, 6, 7]);
    expect(entries.filter(({ topic }) => topic === 'handling-request').map(({ rev }) => rev)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(entries.at(-1)).toMatchObject({ thing: alert, body: { id: alert, state: 'closed', level: 2 } });
    expect(JSON.stringify(entries)).not.toContain('Đã bơm nước');
    expect(await verifyAudit(store.engine)).toMatchObject({ ok: true, lines: 8 });
    const acts = await store.engine.query<{ act: string; actor: string; words: string }>('select act, actor, words from work_act where thing = $1 order by n', [request.id]);
    expect(acts.map(({ act }) => act)).toEqual(['alert.assign', 'handling-request.deliver', 'handling-request.read', 'handling-request.accept', 'handling-request.carry-out', 'alert.verify']);
    expect(acts[4]).toMatchObject({ actor: 'ac-3', words: 'Đã bơm nước' });
  });

  it('sends a refused result back to the unit with the reason, and takes the next one', async () => {
    const request = await send();
    await carryOut(request.id);
    expect(await work['alert.verify'](OPERATOR, { id: alert, isAccepted: false })).toMatchObject({ fault: { code: 'STATE_REASON', pointer: '/reason' } });
    expect(await work['alert.verify'](OPERATOR, { id: alert, isAccepted: false, reason: 'Vẫn còn ngập' })).toMatchObject({ ok: true, value: { state: 'in-progress', resolvedAt: null } });
    expect((await requestNow(request.id))?.state).toMatchObject({ step: 'accepted', returnReason: 'Vẫn còn ngập', result: null });
    await work['handling-request.carry-out'](OFFICER, { id: request.id, result: 'Đã hết ngập' });
    expect(await work['alert.verify'](OPERATOR, { id: alert, isAccepted: true })).toMatchObject({ ok: true, value: { state: 'verified' } });
  });

  it('opens an alert for another unit when its request is returned with a reason, and only then', async () => {
    const request = await send();
    expect(await work['handling-request.return'](OFFICER, { id: request.id, reason: '  ' })).toMatchObject({ fault: { code: 'STATE_REASON' } });
    expect((await requestNow(request.id))?.state.step).toBe('sent');
    expect(await work['alert.assign'](OPERATOR, { id: alert, unit: '20245' })).toMatchObject({ fault: { code: 'STATE_STEP' } });
    expect(await work['handling-request.return'](OFFICER, { id: request.id, reason: 'Ngoài địa bàn' })).toMatchObject({ ok: true, value: { step: 'returned', returnReason: 'Ngoài địa bàn' } });
    expect((await alertNow())?.state).toMatchObject({ state: 'acknowledged', unit: null, requestId: null });
    const next = await send('20245');
    expect(next.id).not.toBe(request.id);
    expect(await work['handling-request.accept'](OFFICER, { id: request.id })).toMatchObject({ fault: { code: 'STATE_STEP' } });
    expect((await alertNow())?.state).toMatchObject({ state: 'assigned', unit: '20245', requestId: next.id });
    const current = await store.engine.query(`select from handling_request where about_id = $1 and step not in ('verified', 'returned')`, [alert]);
    expect(current).toHaveLength(1);
  });

  it('handles a citizen\'s report the same way, and keeps the citizen\'s words out of the request', async () => {
    const sent = await work['feedback.assign'](OPERATOR, { id: report, unit: '20242', note: 'Làm trong ngày', dueAt: AT + 60 * MINUTE });
    if (!sent.ok) throw new Error(sent.fault.code);
    expect(sent.value).toMatchObject({ title: 'Vệ sinh môi trường: Đường Trần Phú', note: 'Làm trong ngày', dueAt: AT + 60 * MINUTE, level: null });
    expect(JSON.stringify(sent.value)).not.toContain('số điện thoại');
    await carryOut(sent.value.id);
    expect((await reportNow())?.state).toMatchObject({ state: 'resolved', result: 'Đã bơm nước', unit: '20242' });
    expect(await work['feedback.verify'](OPERATOR, { id: report, isAccepted: true })).toMatchObject({ ok: true, value: { state: 'verified', verifiedAt: AT } });
    expect((await requestNow(sent.value.id))?.state.step).toBe('verified');
  });

  it('carries out a request of another system without moving the alert it speaks of', async () => {
    const own = await send();
    const foreign = await store.engine.tx(async (tx) => {
      const [id = ''] = await handlingRequestTable.nextIds(tx, 1);
      await handlingRequestTable.insert(tx, [{ rev: 1, state: { ...own, id, ref: 'office-1', source: 'office' } }]);
      return id;
    });
    await carryOut(foreign);
    expect((await requestNow(foreign))?.state.step).toBe('carried-out');
    expect(await alertNow()).toMatchObject({ rev: 2, state: { state: 'assigned', requestId: own.id } });
  });

  it('lets ten who acknowledge at once find one owner', async () => {
    const people = Array.from({ length: 10 }, (_, n) => person(`ac-${n + 10}`, 'operator', null));
    const outcomes = await Promise.all(people.map((actor) => work['alert.acknowledge'](actor, { id: alert })));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const refusals = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.fault.code]));
    expect(refusals).toEqual(Array.from({ length: 9 }, () => 'STATE_TAKEN'));
    const winner = people[outcomes.findIndex(({ ok }) => ok)];
    expect(await alertNow()).toMatchObject({ rev: 2, state: { owner: { id: winner?.id } } });
    expect(await logged()).toHaveLength(1);
  });

  it('lets ten who assign at once make one request', async () => {
    const units = ['20242', '20245'];
    const outcomes = await Promise.all(Array.from({ length: 10 }, (_, n) => work['alert.assign'](OPERATOR, { id: alert, unit: units[n % 2] ?? '' })));
    const answers = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value.request.id] : []));
    expect(answers).toHaveLength(5);
    expect(new Set(answers).size).toBe(1);
    expect(await store.engine.query('select from handling_request')).toHaveLength(1);
  });

  it('never locks up when a unit and an operator act on the same thing from both ends', async () => {
    const request = await send();
    await carryOut(request.id);
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        n % 2 ? work['alert.verify'](OPERATOR, { id: alert, isAccepted: n % 4 === 1, reason: 'chưa đạt' }) : work['handling-request.carry-out'](OFFICER, { id: request.id, result: `lần ${n}` }),
      ),
    );
    expect(outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.fault.code])).filter((code) => code !== 'STATE_STEP')).toEqual([]);
    const ends = { accepted: 'in-progress', 'carried-out': 'resolved', verified: 'verified' } as Record<string, string>;
    expect((await alertNow())?.state.state).toBe(ends[(await requestNow(request.id))?.state.step ?? '']);
  });

  it('answers the same to an act done again, and writes nothing', async () => {
    const first = await work['alert.acknowledge'](OPERATOR, { id: alert });
    clock.move({ at: AT + MINUTE });
    expect(await work['alert.acknowledge'](OPERATOR, { id: alert })).toEqual(first);
    const request = await send();
    expect((await send()).id).toBe(request.id);
    await work['handling-request.read'](OFFICER, { id: request.id });
    const before = await logged();
    expect(await work['handling-request.deliver'](OFFICER, { id: request.id })).toMatchObject({ ok: true, value: { step: 'read' } });
    expect(await logged()).toEqual(before);
  });

  it('lets an officer act on requests of its own unit and below, and on nothing else', async () => {
    const request = await send();
    expect(await work['handling-request.accept'](SIBLING, { id: request.id })).toMatchObject({ fault: { code: 'NOT_FOUND' } });
    expect(await work['handling-request.accept'](LEADER, { id: request.id })).toMatchObject({ fault: { code: 'AUTH_FORBIDDEN' } });
    expect(await work['alert.acknowledge'](OFFICER, { id: alert })).toMatchObject({ fault: { code: 'AUTH_FORBIDDEN' } });
    expect(await work['alert.close'](SIBLING, { id: alert, reason: 'x' })).toMatchObject({ fault: { code: 'NOT_FOUND' } });
    expect((await requestNow(request.id))?.state.step).toBe('sent');
    const below = await send('chi-cuc-a', await raise());
    expect(await work['handling-request.accept'](OFFICER, { id: below.id })).toMatchObject({ fault: { code: 'AUTH_FORBIDDEN' } });
    expect(await work['handling-request.accept'](AGENCY, { id: below.id })).toMatchObject({ ok: true });
    expect(await work['feedback.verify'](AGENCY, { id: report, isAccepted: true })).toMatchObject({ fault: { code: 'NOT_FOUND' } });
  });

  it('holds an operator of a part of the city to that part', async () => {
    const local = person('ac-7', 'operator', ['20242']);
    const elsewhere = await raise({ ward: '20245' });
    expect(await work['alert.acknowledge'](local, { id: alert })).toMatchObject({ ok: true });
    expect(await work['alert.acknowledge'](local, { id: elsewhere })).toMatchObject({ fault: { code: 'NOT_FOUND' } });
    expect(await work['alert.assign'](local, { id: alert, unit: '20245' })).toMatchObject({ fault: { code: 'AUTH_FORBIDDEN', pointer: '/unit' } });
  });

  it('refuses what can not be: an unknown thing, an unknown unit, a due time that has passed', async () => {
    for (const id of ['al-999', 'fb-1', '__proto__', 'al-0', 'al-1e3']) expect(await work['alert.acknowledge'](OPERATOR, { id })).toMatchObject({ fault: { code: 'NOT_FOUND' } });
    expect(await work['handling-request.accept'](OPERATOR, { id: 'hr-999' })).toMatchObject({ fault: { code: 'NOT_FOUND' } });
    expect(await work['alert.assign'](OPERATOR, { id: alert, unit: 'constructor' })).toMatchObject({ fault: { code: 'INGEST_UNIT' } });
    expect(await work['alert.assign'](OPERATOR, { id: alert, unit: '20242', dueAt: AT })).toMatchObject({ fault: { code: 'REQUEST_BODY', pointer: '/dueAt' } });
    expect(await work['alert.verify'](OPERATOR, { id: alert, isAccepted: true })).toMatchObject({ fault: { code: 'STATE_STEP' } });
    expect(await work['alert.close'](OPERATOR, { id: alert, reason: 'x' })).toMatchObject({ fault: { code: 'STATE_STEP' } });
    expect(await logged()).toEqual([]);
    expect((await alertNow())?.rev).toBe(1);
  });

  it('puts an alert aside, but never ĐỎ by one person', async () => {
    const until = AT + 60 * MINUTE;
    expect(await work['alert.shelve'](OPERATOR, { id: alert, until, reason: 'Chờ triều rút' })).toMatchObject({ ok: true, value: { shelvedUntil: until, shelvedReason: 'Chờ triều rút', state: 'raised' } });
    const red = await raise({ level: 1 });
    expect(await work['alert.shelve'](OPERATOR, { id: red, until, reason: 'Chờ' })).toMatchObject({ fault: { code: 'STATE_STEP', detail: expect.stringContaining('người thứ hai') } });
  });

  it('leaves nothing behind when its log entry can not be written', async () => {
    const gone = createWork({
      engine: { ...store.engine, tx: (act) => store.engine.tx(async (tx) => act({ ...tx, query: (text, params) => (text.includes('event_head set seq') ? tx.query('select 1 / 0') : tx.query(text, params)) })) },
      clock, log: createSilentLog(), units: { has: () => true, subtree: () => [] },
    });
    await expect(gone['alert.assign']?.(OPERATOR, { id: alert, unit: '20242' })).rejects.toThrow('division by zero');
    expect(await alertNow()).toMatchObject({ rev: 1, state: { state: 'raised' } });
    expect(await store.engine.query('select from handling_request')).toEqual([]);
    expect(await verifyAudit(store.engine)).toMatchObject({ ok: true, lines: 0 });
  });

  it('says so when the store does not answer, and when two acts keep meeting', async () => {
    const failing = (error: Error) =>
      createWork({ engine: { ...store.engine, tx: () => Promise.reject(error) }, clock, log: createSilentLog(), units: { has: () => true, subtree: () => [] } });
    expect(await failing(new StoreUnavailable('gone'))['alert.acknowledge']?.(OPERATOR, { id: alert })).toMatchObject({ fault: { code: 'STORE_UNAVAILABLE' } });
    expect(await failing(new StoreConflict('met'))['alert.acknowledge']?.(OPERATOR, { id: alert })).toMatchObject({ fault: { code: 'STATE_CONFLICT' } });
  });
});
