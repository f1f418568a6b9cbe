import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LogAnswer, Page } from '#contract/http.ts';
import type { ScenarioRun } from '#contract/scenario.ts';
import type { SystemState } from '#contract/system.ts';
import type { VehicleState } from '#contract/topics/telemetry.ts';
import type { ScheduledWall } from '#contract/wall.ts';
import { stateHash } from '../../server/domain/wall/stateHash.ts';
import { openListener, type Listener } from '../delivery/listener.ts';
import { noteCount } from '../faults/counts.ts';
import { call, keepScene, post, signIn } from '../support/door.ts';
import { startSite, type Site } from '../support/nodes.ts';
import type { Product } from '../support/product.ts';
import { createTcpProxy, type TcpProxy } from '../support/tcpProxy.ts';
import { openCaller, type Caller } from './caller.ts';

const WALL = 'w2x2';
const SCENE = 'an-ninh-giao-thong';
/** Where the scenario runs, so that the first wall stands still. */
const STAGE = 'w1x1';
/** The duty and every screen must be elsewhere by then. */
const TAKEN_OVER_MS = 10_000;

let site: Site;
let first: Product;
let second: Product;
let cookie: string;
let token: string;
/** A screen behind a balancer: first on the one server, later on the other. */
let balancer: TcpProxy;
let screen: Listener;
let far: Listener;
const callers: Caller[] = [];
const sent: string[] = [];

const portOf = ({ url }: Product) => Number(new URL(url).port);
const caller = async (at: Product) => {
  const opened = await openCaller(at.url, token);
  callers.push(opened);
  return opened;
};
const alert = (key: string) => ({ key, at: Date.now(), kind: 'flood', level: 3, title: `Điểm ngập ${key}`, position: [108.2, 16.05] });
const send = async (at: Product, count: number) => {
  const keys = Array.from({ length: count }, (_, n) => `n-${sent.length + n}`);
  sent.push(...keys);
  return post(at.url, 'alert', keys.map(alert));
};
const wallOf = async (at: Product) => (await call<ScheduledWall>(at.url, cookie, `/api/v1/walls/${WALL}/state`)).state;
const systemOf = (at: Product) => call<SystemState>(at.url, cookie, '/api/v1/system');
const onDuty = async (at: Product) => (await systemOf(at)).nodes.filter((node) => node.isOnDuty);
const runsOf = async (at: Product) => (await call<Page<ScenarioRun>>(at.url, cookie, '/api/v1/scenario-runs')).items;
/** Alerts of this test; the installation may tell of itself beside them. */
const shownBy = (listener: Listener) => [...listener.shown().keys()].filter((key) => key.startsWith('n-')).sort();

beforeAll(async () => {
  site = await startSite();
  first = await site.add();
  second = await site.add();
  cookie = await signIn(first.url);
  token = cookie.slice(cookie.indexOf('=') + 1);
  await keepScene(first.url, cookie, WALL);
  balancer = await createTcpProxy(portOf(first));
  screen = openListener(`http://127.0.0.1:${balancer.port}`, token);
  far = openListener(second.url, token);
});

afterAll(async () => {
  for (const one of callers) one.close();
  screen?.close();
  far?.close();
  await balancer?.close();
  await site?.close();
});

test('both servers know each other, one is on duty, the line is up', async () => {
  await expect.poll(() => screen.isOnline && far.isOnline).toBe(true);
  await expect.poll(async () => (await systemOf(second)).nodes.length).toBe(2);
  await expect.poll(async () => (await systemOf(second)).line).toBe('up');
  expect(await onDuty(first)).toMatchObject([{ isThis: true }]);
  expect(await onDuty(second)).toMatchObject([{ isThis: false }]);
});

test('alerts taken by either server are on the screens of both, in one order', async () => {
  await Promise.all([send(first, 20), send(second, 20), send(first, 20), send(second, 20)]);
  await expect.poll(() => shownBy(screen)).toEqual([...sent].sort());
  await expect.poll(() => shownBy(far)).toEqual([...sent].sort());
  const logs = await Promise.all([first, second].map((at) => call<LogAnswer>(at.url, cookie, '/api/v1/log?topic=alert&limit=1000')));
  expect(logs[0]!.entries).toEqual(logs[1]!.entries);
});

test('one message sent to both servers at once is taken once', async () => {
  sent.push('n-both');
  const twice = await Promise.all([first, second].map((at) => post(at.url, 'alert', [{ ...alert('n-both'), at: 1_790_000_000_000 }])));
  expect(twice.flat().map(({ status }) => status).sort()).toEqual(['accepted', 'duplicate']);
  expect(new Set(twice.flat().map(({ seq }) => seq)).size).toBe(1);
});

test('a wall is one on both servers, and so is control of it', async () => {
  const [here, there] = [await caller(first), await caller(second)];
  await there.ask('wall.join', { wall: WALL });
  const applied = await here.ask('wall.apply', { wall: WALL, act: { do: 'scene', scene: SCENE } });
  expect(applied).toMatchObject({ ok: true });
  await expect.poll(() => there.last('wall.scheduled')?.state.scene).toBe(SCENE);
  if (applied.ok) expect(there.last('wall.scheduled')?.applyAt).toBe(applied.value.applyAt);
  expect(stateHash(await wallOf(second))).toBe(stateHash(await wallOf(first)));
  expect(await here.ask('wall.take', { wall: WALL })).toMatchObject({ ok: true });
  await expect.poll(async () => (await wallOf(second)).control?.name).toBe('Quản trị hệ thống');
  expect(await here.ask('wall.release', { wall: WALL })).toMatchObject({ ok: true });
});

test('who has what open, where people point, who shares and what outputs say crosses over', async () => {
  const [here, there] = [await caller(first), await caller(second)];
  await there.ask('wall.join', { wall: WALL });
  const thing = 'al-1';
  expect(await here.ask('presence.open', { thing })).toMatchObject({ ok: true });
  await expect.poll(() => there.last('presence.changed')).toMatchObject({ thing, people: [{ id: expect.any(String) }] });
  await here.ask('presence.close', { thing });
  await expect.poll(() => there.last('presence.changed')).toEqual({ thing, people: [] });

  await here.ask('wall.point', { wall: WALL, place: { x: 10, y: 20 } });
  await expect.poll(() => there.last('wall.pointed')?.place).toEqual({ x: 10, y: 20 });

  const share = await here.ask('share.open', { label: 'Bản trình bày', kind: 'screen' });
  if (!share.ok) throw new Error(share.fault.code);
  await expect.poll(() => there.last('shares.updated')?.shares.map(({ id }) => id)).toEqual([share.value.id]);
  expect(await there.ask('share.signal', { share: share.value.id, signal: { kind: 'watch' } })).toMatchObject({ ok: true });
  await expect.poll(() => here.last('share.signalled')).toMatchObject({ share: share.value.id, signal: { kind: 'watch' } });
  const watcher = here.last('share.signalled')!.from;
  expect(await here.ask('share.signal', { share: share.value.id, to: watcher, signal: { kind: 'leave' } })).toMatchObject({ ok: true });
  await expect.poll(() => there.last('share.signalled')).toMatchObject({ share: share.value.id });

  const report = { wall: WALL, output: 'r1c1', rev: 1, appliedAt: Date.now(), applyErrorMs: 0, clockErrorMs: 0, fps: 60, heapBytes: null, contextLosses: 0, pageState: 'live' as const };
  await here.ask('wall.report', report);
  await expect.poll(async () => (await call<Page<{ output: string }>>(second.url, cookie, '/api/v1/outputs')).items.map(({ output }) => output)).toEqual(['r1c1']);
  here.close();
  await expect.poll(() => there.last('wall.pointed')?.place).toBe(null);
  await expect.poll(() => there.last('shares.updated')?.shares).toEqual([]);
});

test('vehicles told to one server drive on the other', async () => {
  const at = Date.now();
  await post(first.url, 'vehicle', [{ key: `bus-1 ${at}`, ref: 'bus-1', at, position: [108.22, 16.06], speedKmh: 30, headingDeg: 90, kind: 'bus' }]);
  await expect.poll(async () => (await call<Page<VehicleState>>(second.url, cookie, '/api/v1/vehicles')).items.map(({ ref }) => ref)).toEqual(['bus-1']);
});

test('an output asks one server for its code, is let in at the other, and comes back to the first', async () => {
  const asked = await call<{ code: string; secret: string }>(first.url, '', '/api/v1/pairing', { wall: WALL });
  await call(second.url, cookie, '/api/v1/pairing/approve', { code: asked.code, wall: WALL });
  expect(await call(first.url, '', '/api/v1/pairing/finish', { secret: asked.secret })).toMatchObject({ isPaired: true, wall: WALL });
});

test('a signed-out session ends on the other server', async () => {
  const guest = await signIn(second.url);
  await fetch(`${first.url}/api/v1/session`, { method: 'DELETE', headers: { cookie: guest } });
  await expect.poll(async () => (await fetch(`${second.url}/api/v1/system`, { headers: { cookie: guest } })).status, { timeout: 5000 }).toBe(401);
});

test('without Redis everything of the log goes on, and both say that the line is down', async () => {
  await site.redis.kill();
  await expect.poll(async () => (await Promise.all([first, second].map(systemOf))).map(({ line }) => line)).toEqual(['down', 'down']);
  await send(first, 5);
  await send(second, 5);
  await expect.poll(() => [shownBy(screen), shownBy(far)]).toEqual([[...sent].sort(), [...sent].sort()]);
  const here = await caller(first);
  expect(await here.ask('wall.apply', { wall: WALL, act: { do: 'scene', scene: 'toan-canh' } })).toMatchObject({ ok: true });
  await expect.poll(async () => (await wallOf(second)).scene).toBe('toan-canh');
  await site.redis.start();
  await expect.poll(async () => (await Promise.all([first, second].map(systemOf))).map(({ line }) => line)).toEqual(['up', 'up']);
  const there = await caller(second);
  await here.ask('presence.open', { thing: 'al-2' });
  await expect.poll(() => there.last('presence.changed')?.thing).toBe('al-2');
});

test('a server is killed: its screens, its duty and its scenario are at the other, and the wall shows the same', async () => {
  const here = await caller(first);
  const run = await here.ask('scenario.start', { scenario: 'khai-truong-ioc', wall: STAGE, isRehearsal: true } as never);
  expect(run).toMatchObject({ ok: true });
  await expect.poll(async () => (await runsOf(second))[0]?.phase).toMatch(/running|waiting/);
  const before = { hash: stateHash(await wallOf(first)), atMs: (await runsOf(second))[0]!.atMs };
  const shown = shownBy(screen);

  const sending = send(first, 50).catch(() => undefined);
  const killedAt = performance.now();
  await first.kill('SIGKILL');
  balancer.leadTo(portOf(second));
  await sending;
  const keys = sent.slice(-50);
  const again = await post(second.url, 'alert', keys.map(alert)).catch(() => []);
  expect(again.every(({ status }) => status === 'accepted' || status === 'duplicate' || status === 'conflict')).toBe(true);

  await expect.poll(() => screen.isOnline, { timeout: TAKEN_OVER_MS }).toBe(true);
  const onlineMs = performance.now() - killedAt;
  await expect.poll(() => shownBy(screen)).toEqual([...sent].sort());
  expect(shownBy(screen)).toEqual(expect.arrayContaining(shown));
  expect(stateHash(await wallOf(second))).toBe(before.hash);
  await expect.poll(async () => (await onDuty(second)).map(({ isThis }) => isThis), { timeout: TAKEN_OVER_MS }).toEqual([true]);
  const dutyMs = performance.now() - killedAt;
  const there = await caller(second);
  const [open] = await runsOf(second);
  if (open?.phase === 'waiting') await there.ask('scenario.next', { run: open.id } as never);
  await expect.poll(async () => (await runsOf(second))[0]!.atMs, { timeout: TAKEN_OVER_MS }).toBeGreaterThan(before.atMs);

  const log = await call<LogAnswer>(second.url, cookie, '/api/v1/log?topic=alert&limit=1000');
  const keysInLog = log.entries.map(({ key }) => key).filter((key) => key.startsWith('n-'));
  expect([...keysInLog].sort()).toEqual([...sent].sort());
  noteCount('a server of two dies', `its screen at the other after ${(onlineMs / 1000).toFixed(2)} s, its duty after ${(dutyMs / 1000).toFixed(1)} s; ${sent.length} alerts, 0 lost, 0 twice`);
});
