import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DOOR_TOPICS, TOPICS } from '#contract/topics.ts';
import { Check } from 'typebox/value';
import type { AlertState } from '#contract/topics/alert.ts';
import { alertDeadlines } from '../../domain/alert/deadlines.ts';
import { testEngineKinds } from '../engine/testEngines.ts';
import { alertTable } from './alert.ts';
import { readStreams } from './cameraStreams.ts';
import { handlingRequestTable } from './handlingRequest.ts';
import { THING_TABLES } from './tables.ts';
import { alertItem, createTestStore, TEST_NOW, testSeal, type TestStore } from './testStore.ts';

describe.each(testEngineKinds())('the door on %s', (kind) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await createTestStore(kind);
  });
  afterAll(() => store.close());
  beforeEach(() => store.test.empty(['event_head']));

  const alertOf = async (id: string) => (await alertTable.read(store.engine, [id]))[0]!;
  const change = (id: string, more: Partial<AlertState>) =>
    store.engine.tx(async (tx) => {
      const { rev, state } = (await alertTable.readForUpdate(tx, id))!;
      await alertTable.update(tx, [{ rev: rev + 1, state: { ...state, ...more } }]);
    });
  const counts = async () => {
    const [row] = await store.engine.query<{ alerts: number; entries: number; messages: number }>(
      `select (select count(*) from alert) as alerts, (select count(*) from event_log) as entries, (select count(*) from message) as messages`,
    );
    return row;
  };

  test('the same message again is a duplicate with the first number; another body is a conflict', async () => {
    const [first] = await store.send('alert', [alertItem()]);
    const [again, other] = await store.send('alert', [alertItem(), alertItem({ key: 'a-2' })]);
    expect(again).toEqual({ ...first, status: 'duplicate' });
    expect(other?.status).toBe('accepted');
    const [conflict, elsewhere] = [...(await store.send('alert', [alertItem({ title: 'Khác' })])), ...(await store.send('feedback', [{ key: 'a-1', at: TEST_NOW, service: 'other', description: 'x' }]))];
    expect(conflict).toMatchObject({ status: 'conflict', fault: { code: 'INGEST_CONFLICT' } });
    expect(elsewhere).toMatchObject({ status: 'conflict', fault: { code: 'INGEST_CONFLICT' } });
    expect(await counts()).toEqual({ alerts: 2, entries: 2, messages: 2 });
  });

  test('keys belong to a source', async () => {
    const [mine] = await store.send('alert', [alertItem()]);
    const [theirs] = await store.send('alert', [alertItem({ title: 'Khác' })], { ...store.source, id: 'other' });
    expect([mine?.status, theirs?.status]).toEqual(['accepted', 'accepted']);
    expect(mine?.id).not.toBe(theirs?.id);
  });

  test('inside one batch a repeat is a duplicate, another body a conflict, and order is kept', async () => {
    const results = await store.send('alert', [alertItem(), alertItem(), alertItem({ title: 'Khác' }), 'not an item', alertItem({ key: 'a-2', ref: 'a-1', level: 1 })]);
    expect(results.map(({ status }) => status)).toEqual(['accepted', 'duplicate', 'conflict', 'rejected', 'accepted']);
    expect(results[1]?.seq).toBe(results[0]?.seq);
    expect(results[4]).toMatchObject({ id: results[0]!.id!, seq: results[0]!.seq! + 1 });
    expect(await alertOf(results[0]!.id!)).toMatchObject({ rev: 2, state: { level: 1 } });
  });

  test.each([
    ['a missing field', { title: undefined }, 'INGEST_ITEM', '/title'],
    ['an unknown field', { colour: 'red' }, 'INGEST_ITEM', '/colour'],
    ['a wrong type inside', { position: ['108', 16] }, 'INGEST_POSITION', '/position/0'],
    ['a number that is none', { confidence: Number.NaN }, 'INGEST_ITEM', '/confidence'],
    ['a title of control characters only', { title: '\u0000\u0007' }, 'INGEST_ITEM', '/title'],
    ['an unknown unit', { unit: '99999' }, 'INGEST_UNIT', '/unit'],
    ['a swapped position', { position: [16.0612, 108.2123 - 30] }, 'INGEST_POSITION', '/position'],
    ['a future time', { at: TEST_NOW + 300_001 }, 'INGEST_FUTURE', '/at'],
    ['a time before 2000', { at: 946_684_799_999 }, 'INGEST_TOO_OLD', '/at'],
    ['an unknown camera', { cameraKey: 'nobody' }, 'INGEST_CAMERA', '/cameraKey'],
    ['an open ring', { area: { type: 'Polygon', coordinates: [[[108.2, 16], [108.3, 16], [108.3, 16.1], [108.2, 16.1]]] } }, 'INGEST_AREA', '/area/coordinates/0'],
    ['an area abroad', { area: { type: 'Polygon', coordinates: [[[108.2, 16], [10, 16], [108.3, 16.1], [108.2, 16]]] } }, 'INGEST_AREA', '/area/coordinates/0/1'],
  ])('%s is refused alone, with a pointer', async (_name, more, code, pointer) => {
    const [good, bad] = await store.send('alert', [alertItem({ key: 'good' }), alertItem({ key: 'bad', ...more })]);
    expect(good?.status).toBe('accepted');
    expect(bad).toMatchObject({ key: 'bad', status: 'rejected', fault: { code, pointer } });
    expect(await counts()).toEqual({ alerts: 1, entries: 1, messages: 1 });
  });

  test('a key named __proto__ is refused and touches nothing', async () => {
    const [result, deeper] = await store.send('alert', [
      JSON.parse(`{"key":"p","at":${TEST_NOW},"kind":"fire","level":1,"title":"x","__proto__":{"polluted":1}}`),
      JSON.parse(`{"key":"constructor","at":${TEST_NOW},"kind":"fire","level":1,"title":"x"}`),
    ]);
    expect(result).toMatchObject({ status: 'rejected', fault: { code: 'INGEST_ITEM', pointer: '/__proto__' } });
    expect(deeper?.status).toBe('accepted');
    expect({}).not.toHaveProperty('polluted');
  });

  test('damaged text is kept readable, made NFC and counted', async () => {
    const [result] = await store.send('alert', [alertItem({ title: 'Ngập\u0000 sâu \ud800'.normalize('NFD'), text: `a${'\u0301'.repeat(2000)}` })]);
    const { state } = await alertOf(result!.id!);
    expect(state.title).toBe('Ngập sâu \ufffd');
    expect(state.text!.length).toBeLessThan(8);
    expect(store.tallies.at(-1)).toMatchObject({ damaged: 1, accepted: 1 });
  });

  test('a bow tie of an area is kept as sent and searchable as a valid surface', async () => {
    const area = { type: 'Polygon', coordinates: [[[108.2, 16], [108.3, 16.1], [108.3, 16], [108.2, 16.1], [108.2, 16]]] };
    const flat = { type: 'Polygon', coordinates: [[[108.2, 16], [108.3, 16], [108.2, 16], [108.2, 16]]] };
    const results = await store.send('alert', [alertItem({ area }), alertItem({ key: 'flat', area: flat })]);
    expect((await alertOf(results[0]!.id!)).state.area).toEqual(area);
    expect(await store.engine.query('select st_isvalid(extent) as ok, extent is null as none from alert order by n')).toEqual([{ ok: true, none: false }, { ok: null, none: true }]);
  });

  test('a source changes its own words, never state, owner or deadlines', async () => {
    const [first] = await store.send('alert', [alertItem()]);
    const owner = { id: 'u-1', name: 'Trực ban' };
    await change(first!.id!, { state: 'acknowledged', owner, acknowledgedAt: TEST_NOW });
    const before = await alertOf(first!.id!);
    const [second] = await store.send('alert', [alertItem({ key: 'a-2', ref: 'a-1', level: 3, title: 'Nước rút', status: 'ended', unit: '20263' })]);
    const after = await alertOf(first!.id!);
    expect(second).toMatchObject({ id: first!.id, status: 'accepted' });
    expect(after).toEqual({ rev: before.rev + 1, state: { ...before.state, level: 3, title: 'Nước rút', status: 'ended' } });
  });

  test('a higher level must be taken over anew', async () => {
    const [first] = await store.send('alert', [alertItem()]);
    await change(first!.id!, { state: 'in-progress', owner: { id: 'u-1', name: 'Trực ban' }, acknowledgedAt: TEST_NOW, requestId: 'hr-1' });
    const { state: before } = await alertOf(first!.id!);
    await store.send('alert', [alertItem({ key: 'a-2', ref: 'a-1', level: 1 })]);
    const { state } = await alertOf(first!.id!);
    expect(state).toMatchObject({ state: 'raised', owner: null, acknowledgedAt: null, requestId: null, level: 1, dueAt: before.dueAt });
    expect(state.acknowledgeBy).toBe(alertDeadlines('flood', 1, TEST_NOW).acknowledgeBy);
  });

  test('a request of another system is linked to what it is about', async () => {
    const [alert] = await store.send('alert', [alertItem()]);
    const request = { key: 'r-1', at: TEST_NOW, unit: '20242', title: 'Xử lý điểm ngập', dueAt: TEST_NOW + 1000, about: { topic: 'alert', ref: 'a-1' } };
    const [linked, lost] = await store.send('handling-request', [request, { ...request, key: 'r-2', about: { topic: 'alert', ref: 'nobody' } }]);
    const [stored] = await handlingRequestTable.read(store.engine, [linked!.id!]);
    expect(stored?.state).toMatchObject({ about: { topic: 'alert', id: alert!.id, title: 'Ngập sâu tại nút giao' }, level: 2, step: 'sent', ward: '20242', position: [108.2123, 16.0612] });
    expect(lost).toMatchObject({ status: 'rejected', fault: { code: 'INGEST_ITEM', pointer: '/about/ref' } });
  });

  test('addresses of cameras are sealed and in no state and no entry', async () => {
    const url = 'rtsp://user:secret@10.0.0.1/1';
    const camera = { key: 'c-1', at: TEST_NOW, name: 'Nút giao', position: [108.2166, 16.0606], azimuth: 90, fieldOfView: 60, rangeM: 120, streams: [{ role: 'main', kind: 'rtsp', url }] };
    const [result] = await store.send('camera', [camera]);
    expect(await readStreams(store.engine, testSeal, result!.id!)).toEqual([{ role: 'main', kind: 'rtsp', url }]);
    const kept = await store.engine.query(`select c::text as camera, e.body, encode(s.sealed_url, 'escape') as sealed from camera c, event_log e, camera_stream s`);
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain('secret');
    await store.send('camera', [{ ...camera, key: 'c-2', ref: 'c-1', streams: undefined, name: 'Tên mới' }]);
    expect(await readStreams(store.engine, testSeal, result!.id!)).toHaveLength(1);
    expect((await store.send('alert', [alertItem({ cameraKey: 'c-1' })]))[0]?.status).toBe('accepted');
  });

  test.each(DOOR_TOPICS)('the example of %s is taken and its state keeps the contract', async (topic) => {
    const [result] = await store.send(topic, [{ ...TOPICS[topic].example, at: TEST_NOW }]);
    expect(result?.status).toBe('accepted');
    const [stored] = await THING_TABLES[topic as keyof typeof THING_TABLES].read(store.engine, [result!.id!]);
    expect(Check(TOPICS[topic].state, stored!.state)).toBe(true);
  });

  test('a key without the right to a topic sends nothing', async () => {
    const answer = await store.door.ingest({ ...store.source, topics: ['camera'] }, 'alert', [alertItem()]);
    expect(answer).toMatchObject({ ok: false, fault: { code: 'INGEST_SCOPE' } });
    expect(await counts()).toEqual({ alerts: 0, entries: 0, messages: 0 });
  });
});
