import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { EventReceiver, ReceiverText } from '#contract/eventReceiver.ts';
import type { Principal } from '#contract/roles.ts';
import { createRealClock } from '../../kernel/clock.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { createRandom } from '../../kernel/random.ts';
import { createLog, renewEpoch } from '../../store/log/log.ts';
import { alertItem, createTestStore, testSeal, type TestStore } from '../../store/topics/testStore.ts';
import { openReceivers } from './house.ts';

const ADMIN: Principal = { kind: 'person', id: 'us-1', name: 'Quản trị', roles: ['admin'], units: null };
const SECRET = 'khoa-ky-cua-ben-nhan';
const SOON = { timeout: 30_000, interval: 30 };

interface Heard {
  key: string;
  signature: string;
  body: string;
  status: number;
}
const heard: Heard[] = [];
/** What the other side answers; 0 = it hangs up after it has heard. */
let status = 200;
const vendor = createServer((request, response) => {
  let body = '';
  request.on('data', (part: Buffer) => (body += part.toString('utf8')));
  request.on('end', () => {
    heard.push({ key: String(request.headers['idempotency-key']), signature: String(request.headers['x-ioc-signature']), body, status });
    if (status === 0) request.socket.destroy();
    else response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end();
  });
});
let store: TestStore;
let log: Awaited<ReturnType<typeof createLog>>;
let house: Awaited<ReturnType<typeof openReceivers>>;
let text: ReceiverText;
let setBackMs = 0;
const clock = { ...createRealClock(), realNow: () => Date.now() - setBackMs };

beforeAll(async () => {
  await new Promise<void>((resolve) => vendor.listen(0, '127.0.0.1', resolve));
  store = await createTestStore('embedded');
  log = await createLog(store.engine, { log: createSilentLog(), pollMs: 20 });
  text = { id: 'ben-nhan', name: 'Nền tảng đô thị', url: `http://127.0.0.1:${(vendor.address() as AddressInfo).port}/su-kien`, topics: ['alert'], leastLevel: 3, withSimulated: false, allowPrivate: true };
});
const opened = async () => {
  house = await openReceivers({ engine: store.engine, seal: testSeal, log, clock, random: createRandom(1), logger: createSilentLog(), isOnDuty: () => true });
};
beforeEach(async () => {
  heard.length = 0;
  status = 200;
  await opened();
});
afterEach(() => house.close());
afterAll(async () => {
  await log.close();
  await store.close();
  vendor.closeAllConnections();
  await new Promise((resolve) => vendor.close(resolve));
});

const look = async (): Promise<EventReceiver> => {
  const listed = await house.list();
  return (listed.ok ? listed.value : []).find(({ id }) => id === text.id)!;
};
const declare = async (more: Partial<ReceiverText> = {}, secret: string | undefined = SECRET) => {
  const written = await house.write(ADMIN, { receiver: { ...text, ...more }, ...(secret === undefined ? {} : { secret }), rev: (await look())?.rev ?? 0 });
  if (!written.ok) throw new Error(JSON.stringify(written.fault));
  await house.turn(ADMIN, text.id, true);
};
const untilState = (state: object) => vi.waitFor(async () => expect(await look()).toMatchObject(state), SOON);
const keysTaken = () => heard.filter((one) => one.status === 200).map(({ key }) => key);

test('what happens from now on is told once, in order, signed; rehearsals, the sample city and lesser alerts are not', async () => {
  await store.send('alert', [alertItem({ key: 'truoc' })]);
  await declare();
  await store.send('alert', [alertItem({ key: 'a-1', level: 2 }), alertItem({ key: 'a-2', level: 4 }), alertItem({ key: 'a-3', level: 1 })]);
  await store.send('alert', [alertItem({ key: 's-1', level: 1 })], { ...store.source, id: 'mo-phong', provenance: 'simulated' });
  await store.send('alert', [alertItem({ key: 'a-4', level: 3 })]);
  await untilState({ state: 'live', sent: 3, refused: 0, fault: null });
  const told = heard.map(({ body }) => JSON.parse(body) as { key: string; topic: string; state: { level: number } });
  expect(told.map(({ topic, state }) => [topic, state.level])).toEqual([['alert', 2], ['alert', 1], ['alert', 3]]);
  for (const { key, signature, body } of heard) {
    expect(signature).toBe(`sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`);
    expect((JSON.parse(body) as { key: string }).key).toBe(key);
  }
  const deliveries = await house.deliveries(text.id);
  expect(deliveries.ok && deliveries.value).toHaveLength(3);
  expect(JSON.stringify(await look())).not.toContain(SECRET);
});

test('one that is away is told later, in order, the same event under the same key; one that refuses an event hears the next', async () => {
  status = 503;
  await store.send('alert', [alertItem({ key: 'b-1', level: 2 }), alertItem({ key: 'b-2', level: 2 })]);
  await untilState({ state: 'failing', fault: { code: 'SOURCE_STATUS', detail: 'HTTP 503' } });
  await vi.waitFor(() => expect(heard.length).toBeGreaterThanOrEqual(2), SOON);
  expect(new Set(heard.map(({ key }) => key)).size).toBe(1);
  status = 200;
  await untilState({ state: 'live', sent: 5, failures: 0 });
  expect(keysTaken()).toHaveLength(2);
  expect(new Set(heard.map(({ body }) => body)).size).toBe(2);
  status = 422;
  await store.send('alert', [alertItem({ key: 'b-3', level: 2 })]);
  await untilState({ refused: 1, fault: null, lastRefusalAt: expect.any(Number) });
  status = 200;
  await store.send('alert', [alertItem({ key: 'b-4', level: 2 })]);
  await untilState({ sent: 6, refused: 1 });
  const deliveries = await house.deliveries(text.id);
  expect(deliveries.ok && deliveries.value.slice(0, 2)).toMatchObject([{ state: 'sent' }, { state: 'refused', fault: { code: 'SOURCE_STATUS', detail: 'HTTP 422' } }]);
});

test('after a restart it goes on where it was; what was heard without an answer comes again under its key', async () => {
  status = 0;
  await store.send('alert', [alertItem({ key: 'c-1', level: 2 })]);
  await untilState({ state: 'failing', fault: { code: 'SOURCE_UNREACHABLE' } });
  await house.close();
  await store.send('alert', [alertItem({ key: 'c-2', level: 2 })]);
  status = 200;
  await opened();
  await untilState({ state: 'live', sent: 8 });
  const keys = heard.map(({ key }) => key);
  expect(keysTaken()).toHaveLength(2);
  expect(keys).toContain(keysTaken()[0]);
  expect(keys.filter((key) => key === keysTaken()[1])).toHaveLength(1);
});

test('one that was away is told although the clock was set back meanwhile', async () => {
  status = 503;
  await store.send('alert', [alertItem({ key: 'z-1', level: 2 })]);
  await untilState({ state: 'failing' });
  setBackMs = 600_000;
  status = 200;
  await untilState({ state: 'live', fault: null });
  setBackMs = 0;
});

test('a restored store is said in the log, and telling goes on', async () => {
  await store.engine.tx((tx) => renewEpoch(tx));
  await vi.waitFor(async () => {
    const deliveries = await house.deliveries(text.id);
    expect(deliveries.ok && deliveries.value[0]).toMatchObject({ state: 'lost' });
  }, SOON);
  await store.send('alert', [alertItem({ key: 'd-1', level: 2 })]);
  await untilState({ sent: 10 });
});

test('addresses of the own network only when allowed, no redirects; a test event says what came of it', async () => {
  expect(await house.test(ADMIN, text.id)).toMatchObject({ ok: true, value: { fault: null } });
  expect(JSON.parse(heard[0]!.body)).toMatchObject({ topic: 'test' });
  status = 302;
  expect(await house.test(ADMIN, text.id)).toMatchObject({ value: { fault: { code: 'SOURCE_REDIRECT' } } });
  status = 401;
  expect(await house.test(ADMIN, text.id)).toMatchObject({ value: { fault: { code: 'SOURCE_LOGIN' } } });
  await declare({ allowPrivate: false }, undefined);
  expect(await house.test(ADMIN, text.id)).toMatchObject({ value: { fault: { code: 'SOURCE_ADDRESS' } } });
  expect(await house.test(ADMIN, 'khong-co')).toMatchObject({ fault: { code: 'NOT_FOUND' } });
  expect(heard).toHaveLength(3);
});

test('a new one needs a signing key; a stale form and an unknown receiver are refused', async () => {
  expect(await house.write(ADMIN, { receiver: { ...text, id: 'moi' }, rev: 0 })).toMatchObject({ fault: { code: 'SOURCE_SECRET' } });
  expect(await house.write(ADMIN, { receiver: text, rev: 0 })).toMatchObject({ fault: { code: 'STATE_CONFLICT' } });
  expect(await house.turn(ADMIN, 'khong-co', true)).toMatchObject({ fault: { code: 'NOT_FOUND' } });
  expect(await house.remove(ADMIN, text.id)).toMatchObject({ ok: true });
  expect(await house.list()).toMatchObject({ value: [] });
});
