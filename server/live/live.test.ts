import { gunzipSync } from 'node:zlib';
import { afterEach, expect, test, vi } from 'vitest';
import { io as connect, type Socket } from 'socket.io-client';
import type { PushedEntry } from '#contract/entry.ts';
import { CONTRACT_VERSION } from '#contract/version.ts';
import { createFakeLog, feedbackEntry, outreachEntry, scheduled, startBench, type Bench } from './fakes.ts';

const benches: Bench[] = [];
const screens: Socket[] = [];
const start = async (...args: Parameters<typeof startBench>) => {
  const bench = await startBench(...args);
  benches.push(bench);
  const client = (auth: Record<string, unknown> = { contract: CONTRACT_VERSION, token: 'operator-token' }) => {
    const options = { path: '/live', transports: ['websocket'], auth, reconnectionDelay: 20, reconnectionDelayMax: 50, forceNew: true };
    const socket = connect(`http://127.0.0.1:${bench.port}`, options);
    screens.push(socket);
    return socket;
  };
  return { ...bench, client };
};
afterEach(async () => {
  for (const socket of screens.splice(0)) socket.disconnect();
  for (const bench of benches.splice(0)) await bench.close();
});

const once = <T>(socket: Socket, name: string): Promise<T> => new Promise((resolve) => void socket.once(name, resolve));
const entriesOf = (socket: Socket): PushedEntry[] => {
  const told: PushedEntry[] = [];
  socket.on('log.entry', (entry: PushedEntry) => told.push(entry));
  return told;
};

type Answer = { ok: boolean; data: { epoch: string; head: number; entries?: PushedEntry[]; snapshot?: PushedEntry[] }; fault?: { code: string; pointer?: string } };
const ask = (socket: Socket, name: string, request: unknown): Promise<Answer> => socket.timeout(5000).emitWithAck(name, request);
const refusal = async (socket: Socket) => (await once<Error>(socket, 'connect_error')).message;

test('a join is answered with the state and followed by pushes whose prev is the cursor', async () => {
  const { log, client } = await start();
  log.commit(outreachEntry('ou-1', 1));
  log.commit(outreachEntry('ou-1', 2));
  log.announce();
  const socket = client();
  const told = entriesOf(socket);
  const joined = await ask(socket, 'topic.join', { topic: 'outreach' });
  expect(joined.data).toMatchObject({ epoch: log.epoch(), head: 2, snapshot: [{ id: 'ou-1', rev: 2, seq: 2 }] });
  expect(joined.data.entries).toBeUndefined();
  const next = once<PushedEntry>(socket, 'log.entry');
  log.commit(outreachEntry('ou-2', 1));
  log.announce();
  expect(await next).toMatchObject({ seq: 3, prev: 2, epoch: log.epoch(), id: 'ou-2' });
  expect(told).toHaveLength(1);
});

test('a long state comes packed to who can unpack it, the same plain to others, and pushes follow both', async () => {
  const { log, client, live } = await start();
  for (let n = 1; n <= 300; n++) log.commit(outreachEntry(`ou-${n}`, 1));
  log.announce();
  const [packing, plain] = [client(), client()];
  const told = [packing, plain].map((socket) => once<PushedEntry>(socket, 'log.entry'));
  const [packed, whole] = await Promise.all([ask(packing, 'topic.join', { topic: 'outreach', mayPack: true }), ask(plain, 'topic.join', { topic: 'outreach' })]);
  const bytes = (packed.data as unknown as { packed: Buffer }).packed;
  expect(packed.data.snapshot).toBeUndefined();
  expect(JSON.parse(gunzipSync(bytes).toString())).toEqual(whole.data.snapshot);
  expect(bytes.length).toBeLessThan(JSON.stringify(whole.data.snapshot).length / 5);
  expect(live.stats().snapshotEncodes).toBe(1);
  log.commit(outreachEntry('ou-1', 2));
  log.announce();
  expect((await Promise.all(told)).map(({ seq, prev }) => [seq, prev])).toEqual([[301, 300], [301, 300]]);
});

test('a reader that was cut resumes from its cursor, also on a new server', async () => {
  const log = createFakeLog();
  const first = await start({ log });
  log.commit(outreachEntry('ou-1', 1));
  log.announce();
  const socket = first.client();
  const { data } = await ask(socket, 'topic.join', { topic: 'outreach' });
  const reconnected = new Promise((resolve) => void socket.io.once('reconnect', resolve));
  await benches.pop()!.close();
  log.commit(outreachEntry('ou-2', 1));
  log.commit(outreachEntry('ou-3', 1));
  log.announce();
  await start({ log, port: first.port });
  await reconnected;
  const resumed = await ask(socket, 'topic.join', { topic: 'outreach', after: { epoch: data.epoch, seq: data.head } });
  expect(resumed.data.entries?.map((entry) => entry.id)).toEqual(['ou-2', 'ou-3']);
  expect(resumed.data.snapshot).toBeUndefined();
  expect(resumed.data.head).toBe(3);
});

test('a cursor from elsewhere in the log is kept, and the next push follows it', async () => {
  const { log, client } = await start();
  log.commit(outreachEntry('ou-1', 1));
  log.commit(feedbackEntry('fb-1', 1, 'Vỉa hè bị lấn chiếm'));
  log.announce();
  const socket = client();
  const { data } = await ask(socket, 'topic.join', { topic: 'outreach', after: { epoch: log.epoch(), seq: 2 } });
  expect(data).toEqual({ epoch: log.epoch(), head: 2, entries: [] });
  const next = once<PushedEntry>(socket, 'log.entry');
  log.commit(outreachEntry('ou-2', 1));
  log.announce();
  expect(await next).toMatchObject({ seq: 3, prev: 2 });
});

test('another epoch or a cursor ahead of the log is answered with the state', async () => {
  const { log, client } = await start();
  log.commit(outreachEntry('ou-1', 1));
  log.announce();
  const socket = client();
  for (const after of [{ epoch: 'another-epoch', seq: 1 }, { epoch: log.epoch(), seq: 99 }]) {
    const { data } = await ask(socket, 'topic.join', { topic: 'outreach', after });
    expect(data).toMatchObject({ head: 1, snapshot: [{ id: 'ou-1' }] });
  }
});

test.each([
  [{ contract: CONTRACT_VERSION + 1, token: 'operator-token' }, 'contract'],
  [{ contract: CONTRACT_VERSION, build: 'older', token: 'operator-token' }, 'build'],
  [{ contract: CONTRACT_VERSION, token: 'unknown' }, 'auth'],
  [{ contract: CONTRACT_VERSION }, 'auth'],
])('handshake %j is refused: %s', async (auth, reason) => {
  const { client } = await start();
  expect(await refusal(client(auth))).toBe(reason);
});

test('the session cookie opens the socket; a page of another site does not', async () => {
  const { port } = await start();
  const open = (extraHeaders: Record<string, string>) =>
    connect(`http://127.0.0.1:${port}`, { path: '/live', transports: ['websocket'], auth: { contract: CONTRACT_VERSION }, extraHeaders, forceNew: true, reconnection: false });
  const own = open({ cookie: 'a=b; __Host-ioc=operator-token', origin: `http://127.0.0.1:${port}` });
  await once(own, 'connect');
  own.disconnect();
  const foreign = open({ cookie: '__Host-ioc=operator-token', origin: 'http://elsewhere.example' });
  expect(await refusal(foreign)).toMatch(/websocket/);
});

test.each([
  ['topic.join', { topic: 'alert', after: { epoch: 'epoch-0000-1', seq: -1 } }, 'REQUEST_BODY', '/after/seq'],
  ['topic.join', {}, 'REQUEST_BODY', '/topic'],
  ['topic.join', { topic: 'alert', more: 1 }, 'REQUEST_BODY', '/more'],
  ['topic.join', 'alert', 'REQUEST_BODY', ''],
  ['topic.join', { topic: '__proto__' }, 'INGEST_TOPIC', '/topic'],
  ['constructor', {}, 'COMMAND_UNKNOWN', undefined],
  ['wall.join', { wall: 'none' }, 'WALL_UNKNOWN', undefined],
  ['alert.acknowledge', { id: 'al-1' }, 'COMMAND_UNKNOWN', undefined],
])('%s %j is refused with %s at %s', async (name, request, code, pointer) => {
  const { client } = await start();
  const { fault } = await ask(client(), name, request);
  expect(fault).toMatchObject({ code, ...(pointer === undefined ? {} : { pointer }) });
});

test('a device may watch its own wall and operate nothing', async () => {
  const { accounts, client } = await start();
  accounts.people.set('device-token', { kind: 'wall-device', id: 'd-1', name: 'w1x1/r1c1', roles: [], units: null, wall: 'w1x1/r1c1' });
  const socket = client({ contract: CONTRACT_VERSION, token: 'device-token' });
  expect((await ask(socket, 'wall.join', { wall: 'w1x1' })).ok).toBe(true);
  expect((await ask(socket, 'wall.join', { wall: 'w2x2' })).fault?.code).toBe('AUTH_FORBIDDEN');
  expect((await ask(socket, 'wall.apply', { wall: 'w1x1', act: { do: 'blank', on: true } })).fault?.code).toBe('AUTH_FORBIDDEN');
});

test('a change of a wall reaches those who joined it', async () => {
  const { client } = await start();
  const [desk, output] = [client(), client()];
  await ask(output, 'wall.join', { wall: 'w1x1', output: 'r1c1' });
  const pushed = once(output, 'wall.scheduled');
  const applied = await ask(desk, 'wall.apply', { wall: 'w1x1', act: { do: 'blank', on: true } });
  expect(applied.data).toEqual(scheduled(1));
  expect(await pushed).toEqual(scheduled(1));
});

test('the beat names time, epoch and heads', async () => {
  const { log, client } = await start();
  const socket = client();
  await once(socket, 'beat');
  log.commit(outreachEntry('ou-1', 1));
  log.announce();
  expect(await once(socket, 'beat')).toMatchObject({ epoch: log.epoch(), heads: { outreach: 1 }, rate: 1, at: expect.any(Number), domainAt: expect.any(Number) });
});

test('a session that ends takes its sockets with it', async () => {
  const { accounts, client } = await start();
  const socket = client();
  await once(socket, 'connect');
  const ended = once(socket, 'session.ended');
  const cut = once(socket, 'disconnect');
  accounts.people.delete('operator-token');
  accounts.end('s-1');
  expect(await ended).toEqual({ reason: 'ended' });
  expect(await cut).toBe('io server disconnect');
});

test('rights that vanished elsewhere end the socket within five seconds', async () => {
  const { accounts, client } = await start();
  const socket = client();
  await once(socket, 'connect');
  const at = performance.now();
  accounts.people.delete('operator-token');
  await once(socket, 'session.ended');
  expect(performance.now() - at).toBeLessThan(5000);
});

test('a malformed entry never reaches a screen and leaves no gap', async () => {
  const { live, log, client } = await start();
  const socket = client();
  await ask(socket, 'topic.join', { topic: 'outreach' });
  const told = once<PushedEntry>(socket, 'log.entry');
  log.commit({ ...outreachEntry('ou-1', 1), body: { phone: '0900000000', ward: null, unit: null } });
  log.commit(outreachEntry('ou-2', 1));
  log.announce();
  expect(await told).toMatchObject({ id: 'ou-2', prev: 0 });
  expect(live.stats().malformedPushes).toBe(1);
});

test('vehicles begin with a key frame; nobody is followed when nobody looks', async () => {
  const { telemetry, client } = await start();
  const socket = client();
  const key = once<Buffer>(socket, 'frame');
  await ask(socket, 'topic.join', { topic: 'vehicle' });
  expect([...(await key)]).toEqual([0x54, 1]);
  expect(telemetry.followers()).toBe(1);
  const delta = once<Buffer>(socket, 'frame');
  telemetry.send(Uint8Array.of(0x54, 2, 3));
  expect([...(await delta)]).toEqual([0x54, 2, 3]);
  await ask(socket, 'topic.leave', { topic: 'vehicle' });
  expect(telemetry.followers()).toBe(0);
});

test.each([true, false])('a screen that does not read is sent back and the others are not held up (train %s)', async (usesTrain) => {
  const { live, log, client } = await start({ usesTrain });
  const [stuck, quick] = [client(), client()];
  for (const socket of [stuck, quick]) await ask(socket, 'topic.join', { topic: 'feedback' });
  const raw = (stuck.io.engine as unknown as { transport: { ws: { _socket: { pause(): void } } } }).transport.ws._socket;
  raw.pause();
  const told = entriesOf(quick);
  const text = 'x'.repeat(8000);
  for (let round = 0; round < 30; round++) {
    for (let index = 0; index < 100; index++) log.commit(feedbackEntry(`fb-${index}`, round + 1, text));
    log.announce();
    await new Promise((done) => setImmediate(done));
  }
  await vi.waitFor(() => expect(told).toHaveLength(3000), 30_000);
  await vi.waitFor(() => expect(live.stats()).toMatchObject({ sentBack: 1, sockets: 1 }), 30_000);
});

test('sixteen entries of one tick are encoded once each and written once per screen', async () => {
  const { live, log, client } = await start();
  const screens = [client(), client(), client()];
  const told = screens.map(entriesOf);
  for (const screen of screens) await ask(screen, 'topic.join', { topic: 'outreach' });
  const before = live.stats().train!;
  for (let index = 0; index < 16; index++) log.commit(outreachEntry(`ou-${index}`, 1));
  log.announce();
  await vi.waitFor(() => expect(told.map(({ length }) => length)).toEqual([16, 16, 16]), 30_000);
  const after = live.stats().train!;
  expect(told[0]!.map(({ prev }) => prev)).toEqual(Array.from({ length: 16 }, (_, index) => index));
  expect(after.encodes - before.encodes).toBeLessThanOrEqual(17);
  expect(after.writes - before.writes).toBeLessThanOrEqual(6);
});

test('a flood of commands is slowed down, not served', async () => {
  const { client } = await start();
  const socket = client();
  await once(socket, 'connect');
  const answers = await Promise.all(Array.from({ length: 260 }, () => ask(socket, 'clock.sync', { sentAt: 1 })));
  const slowed = answers.filter((answer) => answer.fault?.code === 'RATE_LIMITED').length;
  expect(slowed).toBeGreaterThan(20);
  expect(answers.filter((answer) => answer.ok).length).toBeGreaterThanOrEqual(200);
});
