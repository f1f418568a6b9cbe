import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CONTRACT_VERSION } from '#contract/version.ts';
import { call, post, signIn } from '../../support/door.ts';
import { INGEST_KEY, startProduct, type Product } from '../../support/product.ts';
import { askRaw } from '../support/ask.ts';
import { textOf } from '../support/textOf.ts';
import { cameraUrl } from '../../../server/domain/camera/address.ts';

const IS_FULL = process.env.TEST_FULL === '1';
const listOf = <T>(name: string): T => JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8')) as T;

let product: Product;
let admin: string;
const sendJson = (path: string, body: string, headers: Record<string, string> = {}, method = 'POST') => askRaw(product.url, path, { method, headers: { 'content-type': 'application/json', ...headers }, body });

beforeAll(async () => {
  product = await startProduct();
  admin = await signIn(product.url);
});
afterAll(async () => {
  expect(product.child.exitCode, 'the server lives').toBeNull();
  await product?.close();
});

test('forty spellings of a way out of a folder lead nowhere', async () => {
  const spellings = listOf<string[]>('traversals');
  expect(spellings.length).toBeGreaterThanOrEqual(40);
  const secret = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8').slice(0, 40);
  for (const spelling of spellings) {
    for (const base of ['/assets/', '/media/cam-1/', '/geo/fonts/', '/geo/tiles/', '/api/v1/attachments/', '/api/v1/export/']) {
      const { status, text } = await askRaw(product.url, `${base}${spelling}${spelling}${spelling}package.json`.replaceAll(' ', '%20').replaceAll('\\', '%5c'), { headers: { cookie: admin } });
      expect([400, 401, 403, 404, 405], `${base}${spelling}`).toContain(status);
      expect(text, `${base}${spelling}`).not.toContain(secret);
    }
  }
});

test('an address that no camera has is refused when it is saved', async () => {
  const { refused } = listOf<{ refused: string[] }>('addresses');
  const edit = { name: 'Camera', unit: null, groups: [], position: [108.22, 16.06], azimuth: 0, fieldOfView: 60, rangeM: 50, heightM: null, kind: null, purpose: null, noticePosted: null, retentionDays: null, certificate: null, contractor: null };
  const taken: string[] = [];
  for (const url of refused.filter((address) => cameraUrl('rtsp', address, true) === undefined)) {
    const { status } = await sendJson('/api/v1/cameras', JSON.stringify({ ...edit, streams: [{ role: 'main', kind: 'rtsp', url }] }), { cookie: admin });
    if (status < 400) taken.push(`${url}: ${status}`);
  }
  expect(taken).toEqual([]);
});

test('formulas leave every export as text', async () => {
  const starts = ['=1+1', '+1+1', '-1+1', '@SUM(1)', '\t=1', '\r=1', '=HYPERLINK("http://x")', '=cmd|/C calc!A0'];
  await post(product.url, 'assignment', starts.map((title, index) => ({ key: `formula-${index}`, at: Date.now(), unit: '20242', title, dueAt: Date.now() + 1000 })));
  const answer = await fetch(`${product.url}/api/v1/export/assignments.csv`, { headers: { cookie: admin } });
  const cells = (await answer.text()).split(/[\r\n,]+/).map((cell) => cell.replace(/^"/, ''));
  expect(cells.filter((cell) => /^[=@]/.test(cell) || /^[+-]\d+[+]/.test(cell))).toEqual([]);
  const sheet = textOf(Buffer.from(await (await fetch(`${product.url}/api/v1/export/assignments.xlsx`, { headers: { cookie: admin } })).arrayBuffer()));
  expect(sheet).toContain('HYPERLINK');
  expect(sheet).not.toMatch(/<f>/);
});

test('names of the prototype are names like any other', async () => {
  for (const name of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf']) {
    for (const path of [`/api/v1/alerts/${name}`, `/api/v1/${name}`, `/api/v1/commands/${name}`, `/api/v1/export/${name}.csv`, `/media/${name}/index.m3u8`, `/tiles/${name}/1/1/1`, `/api/v1/users/${name}`, `/api/v1/reports/${name}`]) {
      const { status } = await askRaw(product.url, path, { headers: { cookie: admin } });
      expect([400, 403, 404, 405], path).toContain(status);
    }
    expect((await askRaw(product.url, '/api/v1/session', { headers: { cookie: `__Host-ioc=${name}` } })).status).toBe(401);
    expect((await askRaw(product.url, '/api/v1/ingest/alert', { method: 'POST', headers: { authorization: `Bearer ioc_${name}_${'x'.repeat(40)}`, 'content-type': 'application/json' }, body: '[]' })).status).toBe(401);
  }
  const { status } = await sendJson('/api/v1/users', '{"__proto__":{"roles":["admin"]},"user":"x1","name":"x","position":"x","roles":["guest"],"units":null,"password":"Ngu-Hanh-Son-Nam-Ngon"}', { cookie: admin });
  expect(status).toBe(400);
});

test('another site gets nothing done, over a request or over a socket', async () => {
  const body = JSON.stringify({ user: 'y1', name: 'y', position: 'y', roles: ['guest'], units: null, password: 'Ngu-Hanh-Son-Nam-Ngon' });
  const foreign: Record<string, string>[] = [{ origin: 'http://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: `${product.url}.evil.example` }, { origin: product.url.replace('127.0.0.1', 'localhost') }];
  for (const headers of foreign) expect((await sendJson('/api/v1/users', body, { cookie: admin, ...headers })).status, JSON.stringify(headers)).toBe(403);
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) expect((await sendJson('/api/v1/users', body, { cookie: admin, 'content-type': type })).status, type).toBeGreaterThanOrEqual(400);
  for (const origin of ['http://evil.example', 'null', `${product.url}.evil.example`]) {
    const socket = io(product.url, { path: '/live', transports: ['websocket'], forceNew: true, reconnection: false, auth: { contract: CONTRACT_VERSION }, extraHeaders: { origin, cookie: admin } });
    const came = await new Promise<string>((resolve) => socket.once('connect', () => resolve('connected')).once('connect_error', () => resolve('refused')));
    socket.disconnect();
    expect(came, origin).toBe('refused');
  }
});

test('a session is worth nothing once a single letter of it is another, or once it ended', async () => {
  const token = admin.split('=')[1] ?? '';
  const me = (value: string) => askRaw(product.url, '/api/v1/session', { headers: { cookie: `__Host-ioc=${value}` } });
  expect((await me(token)).status).toBe(200);
  const count = IS_FULL ? 5000 : 400;
  let accepted = 0;
  for (let n = 0; n < count; n += 1) {
    const at = n % token.length;
    const letter = String.fromCharCode(token.charCodeAt(at) ^ (1 + (n % 30)));
    const changed = `${token.slice(0, at)}${/[A-Za-z0-9_-]/.test(letter) ? letter : 'A'}${token.slice(at + 1)}`;
    if (changed !== token && (await me(changed)).status !== 401) accepted += 1;
  }
  expect(accepted).toBe(0);
  for (const forged of ['', 'null', 'admin', `${token}.`, `${token}${token}`, 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.', '0'.repeat(43)]) expect((await me(forged)).status, forged).toBe(401);
  const other = await signIn(product.url);
  await askRaw(product.url, '/api/v1/session', { method: 'DELETE', headers: { cookie: other } });
  expect((await askRaw(product.url, '/api/v1/session', { headers: { cookie: other } })).status).toBe(401);
});

test('bodies of every kind are answered, never by a fault of ours', async () => {
  const count = IS_FULL ? 20_000 : 500;
  const doors = ['/api/v1/ingest/alert', '/api/v1/ingest/feedback', '/api/v1/ingest/camera', '/api/v1/session', '/api/v1/users', '/api/v1/commands/alert.assign', '/api/v1/commands/wall.apply', '/api/v1/report/rating', '/api/v1/security/settings', '/api/v1/guarded-exports'];
  const wild = fc.oneof(fc.json(), fc.string(), fc.anything().map((value) => JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? ''), fc.constant('['.repeat(30_000)), fc.constant('{"__proto__":{"a":1}}'), fc.constant('[{"key":"\\ud800","at":1e400}]'));
  const bodies = fc.sample(wild, { numRuns: count, seed: 20_260 });
  const statuses = new Map<number, number>();
  for (let at = 0; at < bodies.length; at += 16) {
    const answers = await Promise.all(bodies.slice(at, at + 16).map((body, index) => {
      const door = doors[(at + index) % doors.length]!;
      return sendJson(door, body, door.includes('/ingest/') ? { authorization: `Bearer ${INGEST_KEY}` } : door === '/api/v1/session' ? {} : { cookie: admin }, door.endsWith('/settings') ? 'PUT' : 'POST');
    }));
    for (const { status } of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  console.log(`fuzzed bodies: ${count}, by status ${JSON.stringify([...statuses])}`);
  expect([...statuses.keys()].filter((status) => status >= 500)).toEqual([]);
});

test('who sends slowly is shown the door, and nobody else waits', async () => {
  const count = IS_FULL ? 1000 : 100;
  const { port } = new URL(product.url);
  const startedAt = performance.now();
  const ends = Array.from({ length: count }, () => new Promise<number>((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.write('POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{'));
    socket.on('error', () => resolve(performance.now() - startedAt)).on('close', () => resolve(performance.now() - startedAt)).resume();
  }));
  const waits: number[] = [];
  for (let n = 0; n < 20; n += 1) {
    const askedAt = performance.now();
    expect((await askRaw(product.url, '/healthz')).status).toBe(200);
    waits.push(performance.now() - askedAt);
  }
  expect(waits.sort((a, b) => a - b)[18]).toBeLessThan(2000);
  expect(Math.max(...(await Promise.all(ends)))).toBeLessThan(IS_FULL ? 20_000 : 15_000);
});

test('sockets without a session are refused however many come', async () => {
  const count = IS_FULL ? 2000 : 150;
  let connected = 0;
  for (let at = 0; at < count; at += 50) {
    await Promise.all(Array.from({ length: Math.min(50, count - at) }, () => new Promise<void>((resolve) => {
      const socket = io(product.url, { path: '/live', transports: ['websocket'], forceNew: true, reconnection: false, auth: { contract: CONTRACT_VERSION, token: 'x' } });
      socket.once('connect', () => ((connected += 1), socket.disconnect(), resolve())).once('connect_error', () => (socket.disconnect(), resolve()));
    })));
  }
  expect(connected).toBe(0);
  expect((await call<{ name: string }>(product.url, admin, '/api/v1/session')).name).not.toBe('');
});

test('a refusal says the same of a known and an unknown account, in Vietnamese, and nothing of what is inside', async () => {
  const answers = await Promise.all(['admin', 'khong-co-ai'].map((user) => sendJson('/api/v1/session', JSON.stringify({ user, password: 'sai rồi sai rồi' }))));
  const [known, unknown] = answers.map(({ text }) => text.replace(/"requestId":"[^"]+"/, '').replace(/"detail":"\d+ s",?/, ''));
  expect(known).toBe(unknown);
  for (const { text } of answers) expect(text).not.toMatch(/at\s+\w+\s+\(|node_modules|select |argon2/i);
});

test('ten thousand wrong passwords cost at most a hundred hashes, and a known desk still gets in', async () => {
  const count = IS_FULL ? 10_000 : 600;
  let hashed = 0;
  await call(product.url, admin, '/api/v1/users', { user: 'ban-quen', name: 'Bàn quen', position: 'Trực ban', roles: ['operator'], units: null, password: 'Ngu-Hanh-Son-Nam-Ngon' });
  const honest = () => signIn(product.url, 'ban-quen', 'Ngu-Hanh-Son-Nam-Ngon');
  await honest();
  for (let at = 0; at < count; at += 20) {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => sendJson('/api/v1/session', JSON.stringify({ user: (at + n) % 2 ? 'admin' : `user-${at + n}`, password: `sai mật khẩu ${at + n}` }))));
    hashed += answers.filter(({ status }) => status === 401).length;
    expect(answers.every(({ status }) => status === 401 || status === 429)).toBe(true);
  }
  const waits: number[] = [];
  for (let n = 0; n < 10; n += 1) {
    const askedAt = performance.now();
    await honest();
    waits.push(performance.now() - askedAt);
  }
  waits.sort((a, b) => a - b);
  console.log(`wrong passwords: ${count}, hashed ${hashed}; an honest sign-in then took median ${Math.round(waits[5]!)} ms, most ${Math.round(waits[9]!)} ms`);
  expect(hashed).toBeLessThanOrEqual(100);
  expect(waits[9]).toBeLessThan(IS_FULL ? 1000 : 3000);
});
