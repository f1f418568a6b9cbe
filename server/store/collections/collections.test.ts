import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Page } from '#contract/http.ts';
import type { Outcome } from '#contract/faults.ts';
import type { ListQuery } from '../../domain/ports/collections.ts';
import { scopeOf, wholeScope } from '../../domain/scope.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { testEngineKinds } from '../engine/testEngines.ts';
import { createLog } from '../log/log.ts';
import { alertItem, createTestStore, testUnits, TEST_NOW, type TestStore } from '../topics/testStore.ts';
import { createCameraSearch } from './cameraSearch.ts';
import { createCollections } from './collections.ts';
import { purgeSimulated } from './purgeSimulated.ts';
import { createSourceHealth } from './sourceHealth.ts';

const all = wholeScope('test');
const west = scopeOf({ kind: 'person', id: 'u', name: 'u', roles: ['unit-officer'], units: ['20242'] }, testUnits.subtree);
const HOUR = 3_600_000;

type Item = { id: string; ref: string; level: number; title: string };

function pageOf(outcome: Outcome<Page>): Page<Item> {
  if (!outcome.ok) throw new Error(`${outcome.fault.code} ${outcome.fault.pointer ?? ''}`);
  return outcome.value as Page<Item>;
}

describe.each(testEngineKinds())('collections on %s', (kind) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await createTestStore(kind);
  });
  afterAll(() => store.close());
  beforeEach(() => store.test.empty(['event_head']));

  const open = () => createCollections({ engine: store.engine, clock: store.clock, units: testUnits, telemetry: { sensors: () => [] }, sources: { health: () => [] } });
  const refs = async (name: string, query: Partial<ListQuery>, scope = all) => pageOf(await open().list(name, { limit: 100, ...query }, scope)).items.map(({ ref }) => ref);
  const camera = (key: string, position: number[], more: object = {}) => ({ key, at: TEST_NOW, name: `Camera ${key}`, position, azimuth: 0, fieldOfView: 360, rangeM: 100, ...more });

  test('paging shows what was there once each, while things arrive between pages', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 3 }), async (count, limit, arriving) => {
        await store.test.empty(['event_head']);
        const sent = await store.send('alert', Array.from({ length: count }, (_, i) => alertItem({ key: `a${i}` })));
        const seen: string[] = [];
        let cursor: string | undefined;
        for (let page = 0; ; page += 1) {
          const { items, next } = pageOf(await open().list('alerts', { limit, cursor }, all));
          seen.push(...items.map(({ id }) => id));
          if (next === null) break;
          cursor = next;
          await store.send('alert', Array.from({ length: arriving }, (_, i) => alertItem({ key: `late${page}-${i}` })));
        }
        expect(seen).toEqual(sent.map(({ id }) => id).reverse());
      }),
      { numRuns: 15 },
    );
  });

  test('filters, words without marks, and boxes', async () => {
    await store.send('alert', [
      alertItem({ key: 'flood', title: "Ngập ở Cư M'gar" }),
      alertItem({ key: 'fire', kind: 'fire', level: 1, title: 'Cháy chợ Đống Đa', position: [108.24, 16.08], unit: 'SO-MAU-A' }),
      alertItem({ key: 'area', position: undefined, title: 'Vùng', area: { type: 'Polygon', coordinates: [[[108, 15.9], [108.05, 15.9], [108.05, 15.95], [108, 15.9]]] } }),
    ]);
    expect(await refs('alerts', { kind: 'fire' })).toEqual(['fire']);
    expect(await refs('alerts', { level: 2 })).toEqual(['area', 'flood']);
    expect(await refs('alerts', { q: 'cu mgar' })).toEqual(['flood']);
    expect(await refs('alerts', { q: 'CHAY cho dong' })).toEqual(['fire']);
    expect(await refs('alerts', { q: '%' })).toHaveLength(3);
    expect(await refs('alerts', { unit: '48' })).toEqual(['fire', 'flood']);
    expect(await refs('alerts', { unit: 'SO-MAU-A', state: 'raised', source: 'test' })).toEqual(['fire']);
    expect(await refs('alerts', { bbox: [108.2, 16.05, 108.22, 16.07] })).toEqual(['flood']);
    expect(await refs('alerts', { bbox: [108.01, 15.89, 108.06, 15.93] })).toEqual(['area']);
    expect(await refs('alerts', { overdue: true })).toEqual([]);
    store.clock.move({ at: store.clock.now() + 240 * HOUR });
    expect(await refs('alerts', { overdue: true })).toHaveLength(3);
    expect(await refs('alerts', { overdue: false })).toEqual([]);
  });

  test('a filter the collection does not have and a broken cursor are refused, an unknown collection is not found', async () => {
    expect(await open().list('cameras', { limit: 10, level: 1 }, all)).toMatchObject({ ok: false, fault: { code: 'REQUEST_QUERY', pointer: '/level' } });
    expect(await open().list('cameras', { limit: 10, overdue: true }, all)).toMatchObject({ ok: false, fault: { code: 'REQUEST_QUERY', pointer: '/overdue' } });
    expect(await open().list('alerts', { limit: 10, cursor: "1' or 1=1" }, all)).toMatchObject({ ok: false, fault: { code: 'REQUEST_QUERY', pointer: '/cursor' } });
    for (const name of ['nothing', '__proto__', 'constructor']) {
      expect(await open().list(name, { limit: 10 }, all)).toMatchObject({ ok: false, fault: { code: 'NOT_FOUND' } });
      expect(await open().get(name, 'al-1', all)).toMatchObject({ ok: false, fault: { code: 'NOT_FOUND' } });
    }
  });

  test('every list and every item shows a unit only what is its own or lies in it', async () => {
    const topics = { alert: 'alerts', feedback: 'feedback', camera: 'cameras', indicator: 'indicators' } as const;
    const item = { alert: alertItem(), feedback: { at: TEST_NOW, service: 'other', description: 'x' }, camera: camera('c', [0, 0]), indicator: { at: TEST_NOW, code: 'X', period: '2026', value: 1 } };
    for (const [topic, name] of Object.entries(topics) as [keyof typeof topics, string][]) {
      const sent = await store.send(topic, [
        { ...item[topic], key: `${topic}-west`, position: [108.21, 16.06] },
        { ...item[topic], key: `${topic}-east`, position: [108.24, 16.06] },
      ]);
      expect(await refs(name, {}, west)).toEqual([`${topic}-west`]);
      expect(await refs(name, { at: TEST_NOW + 1000 * HOUR }, west)).toEqual([`${topic}-west`]);
      expect(await open().get(name, sent[0]!.id!, west)).toMatchObject({ ok: true });
      expect(await open().get(name, sent[1]!.id!, west)).toMatchObject({ ok: false, fault: { code: 'NOT_FOUND' } });
    }
  });

  test('a list as of a moment shows the states of that moment', async () => {
    const moments = [0, 1, 2].map((hour) => store.clock.now() + hour * HOUR);
    await store.send('alert', [alertItem({ key: 'a' })]);
    store.clock.move({ at: moments[1]! });
    await store.send('alert', [alertItem({ key: 'a2', ref: 'a', level: 1 }), alertItem({ key: 'b', level: 3 })]);
    store.clock.move({ at: moments[2]! });
    await store.send('alert', [alertItem({ key: 'a3', ref: 'a', level: 4 })]);
    const levels = async (at: number | undefined, more: Partial<ListQuery> = {}) => pageOf(await open().list('alerts', { limit: 10, at, ...more }, all)).items.map(({ ref, level }) => `${ref}${level}`);
    expect(await levels(moments[0]! - 1)).toEqual([]);
    expect(await levels(moments[0]!)).toEqual(['a2']);
    expect(await levels(moments[1]!)).toEqual(['b3', 'a1']);
    expect(await levels(moments[1]!, { level: 1 })).toEqual(['a1']);
    expect(await levels(undefined)).toEqual(['b3', 'a4']);
  });

  test('cameras by place: nearest first, and only those whose view holds the point', async () => {
    await store.send('camera', [
      camera('north', [108.22, 16.0595], { azimuth: 0, fieldOfView: 60, rangeM: 200 }),
      camera('south', [108.22, 16.0605], { azimuth: 180, fieldOfView: 60, rangeM: 200 }),
      camera('away', [108.22, 16.0598], { azimuth: 180, fieldOfView: 60, rangeM: 200 }),
      camera('far', [108.3, 16.2]),
      camera('east', [108.2251, 16.06], { azimuth: 270, fieldOfView: 40, rangeM: 600 }),
    ]);
    const search = createCameraSearch({ engine: store.engine });
    const names = (outcome: Awaited<ReturnType<typeof search.near>>) => (outcome.ok ? outcome.value.map(({ camera: found }) => (found as Item).ref) : outcome.fault.code);
    expect(names(await search.near([108.22, 16.06], 3, all))).toEqual(['away', 'north', 'south']);
    expect(names(await search.seeing([108.22, 16.06], 5, all))).toEqual(['north', 'south', 'east']);
    expect(names(await search.seeing([108.22, 16.06], 5, west))).toEqual(['north', 'south']);
    const wall = { ring: [[108.2196, 16.0597], [108.2204, 16.0597], [108.2204, 16.0598], [108.2196, 16.0598]] as [number, number][] };
    expect(names(await createCameraSearch({ engine: store.engine, buildings: () => [wall] }).seeing([108.22, 16.06], 5, all))).toEqual(['south', 'east']);
  });

  test('units are found by words and by what they belong to', async () => {
    const codes = async (query: Partial<ListQuery>) => pageOf(await open().list('units', { limit: 2, ...query }, west)).items.map((unit) => (unit as unknown as { code: string }).code);
    expect(await codes({})).toEqual(['20242', '20263']);
    expect(await codes({ cursor: '20263' })).toEqual(['48', 'SO-MAU-A']);
    expect(await codes({ q: 'hai chau' })).toEqual(['20242']);
    expect(await codes({ unit: '48', kind: 'agency' })).toEqual(['SO-MAU-A']);
  });

  test('the health of a source: counts, samples of refusals, age against its promise, kept over a restart', async () => {
    const clock = store.clock;
    const first = await createSourceHealth({ engine: store.engine, clock, log: createSilentLog() });
    first.promise({ id: 'cap', name: 'Bản tin', provenance: 'real' }, HOUR);
    expect(first.health()).toMatchObject([{ id: 'cap', state: 'waiting', ageMs: null }]);
    const fault = { code: 'INGEST_POSITION', message: '', pointer: '/position' } as const;
    first.note({ id: 'cap', name: 'Bản tin', topics: null, provenance: 'real' }, { topic: 'alert', at: clock.now(), accepted: 3, duplicates: 1, damaged: 1, faults: [fault] });
    first.note({ id: 'run-1', name: 'Diễn tập', topics: null, provenance: 'simulated', rehearsal: 'run-1' }, { topic: 'alert', at: clock.now(), accepted: 9, duplicates: 0, damaged: 0, faults: [] });
    expect(first.health()).toHaveLength(1);
    await first.close();
    const second = await createSourceHealth({ engine: store.engine, clock, log: createSilentLog() });
    expect(second.health()).toMatchObject([{ id: 'cap', name: 'Bản tin', state: 'live', accepted: 3, rejected: 1, ageMs: 0, reason: 'INGEST_POSITION /position' }]);
    clock.move({ at: clock.now() + HOUR + 1 });
    expect(second.health()[0]).toMatchObject({ state: 'stale', ageMs: HOUR + 1 });
    clock.move({ at: clock.now() + 5 * HOUR });
    expect(second.health()[0]?.state).toBe('down');
    await second.close();
  });

  test('the sample city goes with a receipt, the rest stays, and screens start anew', async () => {
    const log = await createLog(store.engine, { log: createSilentLog(), pollMs: 20 });
    const before = log.epoch();
    const simulated = { ...store.source, id: 'sim', provenance: 'simulated' as const };
    await store.send('alert', [alertItem({ key: 's1' }), alertItem({ key: 's2' })], simulated);
    await store.send('indicator', [{ key: 'i', at: TEST_NOW, code: 'X', period: '2026', value: 1 }], simulated);
    await store.send('camera', [camera('sc', [108.22, 16.06], { streams: [{ role: 'sub', kind: 'loop', url: 'loop:1' }] })], simulated);
    await store.send('alert', [alertItem({ key: 'real' })]);
    expect(await purgeSimulated(store.engine)).toMatchObject({ alert: 2, record: 1, camera: 1, event_log: 4, message: 4, feedback: 0 });
    expect(await refs('alerts', {})).toEqual(['real']);
    await expect.poll(() => log.epoch()).not.toBe(before);
    const left = await store.engine.query('select thing from event_log union all select thing from message union all select camera::text from camera_stream');
    expect(left).toHaveLength(2);
    await log.close();
  });
});
