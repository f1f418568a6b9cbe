import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ConnectorText } from '#contract/connector.ts';
import { MQTT_ACCOUNT, startMqttVendor, type MqttVendor } from '../../feeds/connector/testing/mqttVendor.ts';
import { createConnectorBench, type ConnectorBench } from './testing/bench.ts';

const SOON = { timeout: 30_000, interval: 50 };
let vendor: MqttVendor;
let bench: ConnectorBench;

beforeAll(async () => {
  [bench, vendor] = await Promise.all([createConnectorBench(), startMqttVendor()]);
});
afterAll(async () => {
  await bench.close();
  await vendor.close();
});

const WATER: ConnectorText = {
  id: 'muc-nuoc-mqtt', name: 'Mực nước (MQTT)', topic: 'sensor', provenance: 'real', format: 'json', items: '', schedule: { everyS: 1 },
  way: { kind: 'mqtt', host: '127.0.0.1', port: 1883, user: MQTT_ACCOUNT.user, filters: [MQTT_ACCOUNT.filter], tls: false, allowPrivate: true },
  mapping: { key: '{@topic}@{at}', map: { at: 'at', ref: '@topic', value: 'value', kind: { value: 'water-level' }, unitOfMeasure: { value: 'm' }, position: { lon: 'lon', lat: 'lat' } } },
};
const wanted = (more: object = {}): ConnectorText => ({ ...WATER, way: { ...WATER.way, port: vendor.port, ...more } as ConnectorText['way'] });
const reading = (n: number) => ({ value: n / 10, at: Date.now() - n * 1000, lon: 108.21, lat: 16.06 });
const untilState = (state: object) => vi.waitFor(async () => expect(await bench.look(WATER.id)).toMatchObject(state), SOON);

test('messages become readings; a bad one is named and the others enter; the secret is never read back', async () => {
  await bench.run(wanted(), { secret: MQTT_ACCOUNT.password });
  await untilState({ state: 'live', accepted: 0, secrets: ['secret'] });
  await vendor.publish([['a', reading(1)], ['b', reading(2)], ['c', reading(3)], ['d', '{"value":'], ['e', reading(4)]]);
  await untilState({ state: 'live', accepted: 4, rejected: 1 });
  await vi.waitFor(async () => {
    const runs = await bench.house.runs(WATER.id);
    expect(runs.ok && runs.value.flatMap(({ refused }) => refused)).toMatchObject([{ field: 'tram/d/muc-nuoc', code: 'SOURCE_CUT' }]);
  }, SOON);
  expect(JSON.stringify(await bench.look(WATER.id))).not.toContain(MQTT_ACCOUNT.password);
});

test('what came while the broker or we were away is taken once', async () => {
  await vendor.stop();
  await untilState({ state: 'failing', fault: { code: 'SOURCE_UNREACHABLE' } });
  await vendor.start();
  await untilState({ state: 'live', fault: null });
  await bench.stop(WATER.id);
  await vendor.publish([['a', reading(11)], ['b', reading(12)]]);
  await bench.run(wanted());
  await untilState({ state: 'live', accepted: 6, duplicates: 0 });
});

test('a trial listens for a while, disturbs no connection at work and names what is wrong', async () => {
  const listening = bench.preview(wanted(), { secret: MQTT_ACCOUNT.password });
  const sending = (async () => {
    for (let n = 20; n < 23; n++) await vendor.publish([['t', reading(n)]]);
  })();
  const tried = await listening;
  await sending;
  expect(tried.good).toBe(tried.rows);
  expect(tried.columns.map(({ path }) => path)).toEqual(expect.arrayContaining(['@topic', '@at', 'value']));
  expect(tried.samples[0]!.item).toMatchObject({ ref: 'tram/t/muc-nuoc', kind: 'water-level', unitOfMeasure: 'm' });
  await untilState({ state: 'live', accepted: 9 });
  const faultOf = async (more: object, secret = MQTT_ACCOUNT.password) => (await bench.preview(wanted(more), { secret })).fault;
  expect(await faultOf({}, 'sai')).toMatchObject({ code: 'SOURCE_LOGIN' });
  expect(await faultOf({ allowPrivate: false })).toMatchObject({ code: 'SOURCE_ADDRESS' });
  expect(await faultOf({ port: 1 })).toMatchObject({ code: 'SOURCE_UNREACHABLE' });
  expect(await faultOf({ tls: true })).toMatchObject({ code: expect.stringMatching(/^SOURCE_/) });
});

test('of a wrong mapping nothing enters', async () => {
  await bench.run({ ...wanted(), mapping: { ...WATER.mapping, map: { ...WATER.mapping.map, value: 'at2' } } });
  await vendor.publish([['a', reading(31)], ['b', reading(32)]]);
  await untilState({ state: 'failing', fault: { code: 'SOURCE_MAPPING' }, accepted: 9 });
});
