import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExportRequest, SecuritySettings, SessionLine } from '#contract/security.ts';
import { call, post, signIn } from '../support/door.ts';
import { ADMIN_PASSWORD, INGEST_KEY, startProduct, type Product } from '../support/product.ts';
import { openScreen } from './matrix/sockets.ts';

const PASSWORD = 'Ngu-Hanh-Son-Nam-Ngon';
/** What is promised of every change of rights. Units: ms. */
const AT_MOST_MS = 5000;

let product: Product;
let admin: string;

const send = (method: string, path: string, cookie: string, body?: object) =>
  fetch(`${product.url}${path}`, { method, redirect: 'manual', headers: { cookie, ...(body ? { 'content-type': 'application/json' } : {}) }, ...(body ? { body: JSON.stringify(body) } : {}) });
const codeOf = async (answer: Response): Promise<string> => ((await answer.json()) as { fault: { code: string } }).fault.code;
const make = (user: string, roles: string[], more: object = {}) => call<{ id: string }>(product.url, admin, '/api/v1/users', { user, name: `Tên ${user}`, position: 'Thử', roles, units: null, password: PASSWORD, ...more });
const settings = () => call<SecuritySettings>(product.url, admin, '/api/v1/security/settings');
const decide = async (change: Partial<SecuritySettings>) => expect((await send('PUT', '/api/v1/security/settings', admin, { ...(await settings()), ...change })).status).toBe(200);

async function within(what: () => Promise<boolean> | boolean): Promise<number> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < 2 * AT_MOST_MS) {
    if (await what()) return performance.now() - startedAt;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return Infinity;
}

beforeAll(async () => {
  product = await startProduct();
  admin = await signIn(product.url);
});
afterAll(() => product?.close());

test('one-time codes are set up, needed, spent once, and saved by a recovery code', async () => {
  await make('truc-ban-ma', ['operator']);
  const first = await signIn(product.url, 'truc-ban-ma', PASSWORD);
  const enrolled = await call<{ secret: string; uri: string; picture: string }>(product.url, first, '/api/v1/session/code', {});
  expect(enrolled.uri).toMatch(/^otpauth:\/\/totp\//);
  expect(enrolled.picture).toMatch(/^data:image\/png;base64,/);
  const codeAt = (at: number) => new TOTP({ secret: Secret.fromBase32(enrolled.secret) }).generate({ timestamp: at });
  expect((await send('POST', '/api/v1/session/code/confirm', first, { code: '000000' })).status).toBe(401);
  const { codes } = await call<{ codes: string[] }>(product.url, first, '/api/v1/session/code/confirm', { code: codeAt(Date.now()) });
  expect(new Set(codes).size).toBe(10);
  const enter = (totp?: string) => send('POST', '/api/v1/session', '', { user: 'truc-ban-ma', password: PASSWORD, ...(totp ? { totp } : {}) });
  expect((await enter()).status).toBe(401);
  expect((await enter(codes[0])).status).toBe(200);
  expect((await enter(codes[0])).status).toBe(401);
  expect((await enter(codeAt(Date.now() + 30_000))).status).toBe(200);
});

test('a role that needs codes lets nobody work without one, from the next moment on', async () => {
  await make('can-bo-can-ma', ['unit-officer']);
  const cookie = await signIn(product.url, 'can-bo-can-ma', PASSWORD);
  expect((await send('GET', '/api/v1/alerts', cookie)).status).toBe(200);
  await decide({ codeRoles: ['unit-officer'] });
  const took = await within(async () => (await send('GET', '/api/v1/alerts', cookie)).status === 403);
  expect(took).toBeLessThan(AT_MOST_MS);
  expect(await codeOf(await send('GET', '/api/v1/alerts', cookie))).toBe('AUTH_CODE_NEEDED');
  const { secret } = await call<{ secret: string }>(product.url, cookie, '/api/v1/session/code', {});
  await call(product.url, cookie, '/api/v1/session/code/confirm', { code: new TOTP({ secret: Secret.fromBase32(secret) }).generate() });
  expect((await send('GET', '/api/v1/alerts', cookie)).status).toBe(200);
  await decide({ codeRoles: [] });
});

test('disabling, new rights and a revoked session end open sockets and players within five seconds', async () => {
  const [camera] = await post(product.url, 'camera', [{ key: 'c1', at: Date.now(), name: 'Camera', position: [108.22, 16.06], azimuth: 0, fieldOfView: 60, rangeM: 80, streams: [{ role: 'sub', kind: 'loop', url: 'loop:avenue-day' }] }]);
  const ways: [string, (id: string, cookie: string) => Promise<unknown>][] = [
    ['disabled', (id) => call(product.url, admin, `/api/v1/users/${id}/disabled`, { isDisabled: true })],
    ['regranted', (id) => call(product.url, admin, `/api/v1/users/${id}/grants`, { roles: ['operator'], units: ['20242'] })],
    ['revoked', async (_id, cookie) => {
      const { items } = await call<{ items: SessionLine[] }>(product.url, cookie, '/api/v1/sessions');
      const mine = items.find(({ isMine }) => isMine);
      expect((await send('DELETE', `/api/v1/sessions/${mine?.id}`, admin)).status).toBe(200);
    }],
  ];
  for (const [name, act] of ways) {
    const { id } = await make(`mat-quyen-${name}`, ['operator']);
    const cookie = await signIn(product.url, `mat-quyen-${name}`, PASSWORD);
    const screen = await openScreen(product.url, 'operator', { cookie });
    const watch = () => send('GET', `/media/${camera?.id}/index.m3u8`, cookie);
    expect((await watch()).status).toBe(200);
    await act(id, cookie);
    expect(await within(() => !screen.socket.connected), `${name}: socket`).toBeLessThan(AT_MOST_MS);
    expect(await within(async () => (await watch()).status === 401), `${name}: player`).toBeLessThan(AT_MOST_MS);
    screen.close();
  }
});

test('a guest ends by itself, at the latest after the days that are set', async () => {
  await decide({ guestDays: 3 });
  await make('khach-tham', ['guest'], { expiresAt: Date.now() + 365 * 86_400_000 });
  const { items } = await call<{ items: { user: string; expiresAt: number; dataClass: string }[] }>(product.url, admin, '/api/v1/users');
  const guest = items.find(({ user }) => user === 'khach-tham');
  expect(guest?.dataClass).toBe('internal');
  expect(guest?.expiresAt).toBeLessThanOrEqual(Date.now() + 3 * 86_400_000);
  await make('khach-ngan', ['guest'], { expiresAt: Date.now() + 1500 });
  const cookie = await signIn(product.url, 'khach-ngan', PASSWORD);
  expect(await within(async () => (await send('GET', '/api/v1/alerts', cookie)).status === 401)).toBeLessThan(AT_MOST_MS);
  expect((await send('POST', '/api/v1/session', '', { user: 'khach-ngan', password: PASSWORD })).status).toBe(401);
});

test('personal data leaves only when two people want it, once', async () => {
  await make('truc-ban-xuat', ['operator']);
  await make('lanh-dao-duyet', ['leader']);
  const [asker, leader] = [await signIn(product.url, 'truc-ban-xuat', PASSWORD), await signIn(product.url, 'lanh-dao-duyet', PASSWORD)];
  const form = new FormData();
  for (const [name, value] of Object.entries({ key: 'bao-cao-thu-0000000001', service: 'urban-order', description: 'Vỉa hè bị chiếm', address: 'Đường Trần Phú', lon: '108.2212', lat: '16.0678', name: 'Người gửi', phone: '0900000001' })) form.append(name, value);
  expect((await fetch(`${product.url}/api/v1/report`, { method: 'POST', body: form })).status).toBe(200);
  const asked = await call<ExportRequest>(product.url, asker, '/api/v1/guarded-exports', { what: 'feedback-contacts', reason: 'Phục vụ xác minh' });
  const path = `/api/v1/guarded-exports/${asked.id}`;
  expect(await codeOf(await send('POST', `${path}/take`, asker, {}))).toBe('AUTH_TWO_PEOPLE');
  expect((await send('POST', `${path}/allow`, asker, {})).status).toBe(403);
  expect((await send('POST', `${path}/allow`, leader, {})).status).toBe(200);
  expect((await send('POST', `${path}/take`, leader, {})).status).toBe(403);
  expect((await send('POST', `${path}/take`, admin, {})).status).toBe(404);
  const taken = await send('POST', `${path}/take`, asker, {});
  expect(await taken.text()).toContain('0900000001');
  expect(await codeOf(await send('POST', `${path}/take`, asker, {}))).toBe('STATE_STEP');
  const own = await call<ExportRequest>(product.url, admin, '/api/v1/guarded-exports', { what: 'accounts', reason: 'Kiểm kê' });
  expect(await codeOf(await send('POST', `/api/v1/guarded-exports/${own.id}/allow`, admin, {}))).toBe('AUTH_TWO_PEOPLE');
  const readings = await (await send('GET', '/api/v1/audit/readings.csv', admin)).text();
  expect(readings).toContain(`export.take;${asked.id}`);
});

test('the facts for the help desk say how the installation is, and nothing of a person and no secret', async () => {
  await make('khong-phai-quan-tri', ['operator']);
  const path = '/api/v1/upkeep/diagnostics';
  expect((await send('GET', path, await signIn(product.url, 'khong-phai-quan-tri', PASSWORD))).status).toBe(403);
  const answer = await send('GET', path, admin);
  expect(answer.headers.get('content-disposition')).toContain('attachment');
  const text = await answer.text();
  expect(JSON.parse(text)).toMatchObject({ product: 'toan-canh', version: expect.any(String), system: { store: expect.anything() }, machine: { cores: expect.any(Number) }, settings: expect.arrayContaining(['IOC_INGEST_KEY', 'IOC_ADMIN_PASSWORD']) });
  const { items } = await call<{ items: { user: string; name: string }[] }>(product.url, admin, '/api/v1/users');
  expect(items.length).toBeGreaterThan(3);
  const secrets = [INGEST_KEY, ADMIN_PASSWORD, PASSWORD, admin.slice(admin.indexOf('=') + 1), product.dataFolder, 'Người gửi', '0900000001', ...items.flatMap(({ user, name }) => [`"${user}"`, name])];
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
});

test('what says something of a person is kept from those without that class', async () => {
  await post(product.url, 'feedback', [{ key: 'f-lop', at: Date.now(), service: 'urban-order', description: 'Rác trên vỉa hè', address: 'Số 12 ngõ nhà tôi', position: [108.2212, 16.0678] }]);
  await make('khong-ca-nhan', ['operator'], { dataClass: 'internal' });
  await make('chi-cong-khai', ['guest'], { dataClass: 'open' });
  const [inside, open] = [await signIn(product.url, 'khong-ca-nhan', PASSWORD), await signIn(product.url, 'chi-cong-khai', PASSWORD)];
  for (const path of ['/api/v1/feedback', '/api/v1/log?topic=feedback', '/api/v1/export/feedback.csv']) {
    expect(await (await send('GET', path, admin)).text(), path).toContain('ngõ nhà tôi');
    const shown = await (await send('GET', path, inside)).text();
    expect(shown, path).toContain('Rác trên vỉa hè');
    expect(shown, path).not.toContain('ngõ nhà tôi');
    expect(await (await send('GET', path, open)).text(), path).not.toContain('Rác trên vỉa hè');
  }
  expect((await send('GET', '/api/v1/indicators', open)).status).toBe(200);
});

test('refusals at a door, of an object and of a command are in the audit log, few lines for any number', async () => {
  const { id } = await make('tho-mo', ['operator'], { units: ['20242'] });
  const cookie = await signIn(product.url, 'tho-mo', PASSWORD);
  for (let n = 0; n < 200; n += 1) await send('GET', '/api/v1/users', cookie);
  for (let n = 0; n < 200; n += 1) await send('GET', `/api/v1/alerts/al-${n + 90_000}`, cookie);
  await send('POST', '/api/v1/commands/wall.apply', cookie, { wall: 'w2x2' });
  const screen = await openScreen(product.url, 'operator', { cookie });
  await screen.socket.timeout(AT_MOST_MS).emitWithAck('not.a-command' as never, {} as never);
  screen.close();
  for (let n = 0; n < 200; n += 1) await send('GET', '/api/v1/alerts', '__Host-ioc=khong-co');
  const linesOf = async (actor: string) => (await call<{ items: { actor: string; action: string; object: string }[] }>(product.url, admin, `/api/v1/audit?limit=500&actor=${actor}`)).items.filter(({ action }) => action.endsWith('.refuse'));
  expect(await within(async () => (await linesOf(id)).length >= 4)).toBeLessThan(2 * AT_MOST_MS);
  const lines = await linesOf(id);
  expect(lines.length).toBeLessThan(10);
  for (const [action, object] of [['door.refuse', 'GET /api/v1/users AUTH_FORBIDDEN'], ['object.refuse', '/api/v1/alerts/al-9'], ['input.refuse', 'POST /api/v1/commands/wall.apply REQUEST_BODY'], ['input.refuse', 'command ? COMMAND_UNKNOWN']] as const) {
    expect(lines.filter((line) => line.action === action && line.object.includes(object)), object).not.toEqual([]);
  }
  expect((await linesOf('address-127.0.0.1')).filter(({ object }) => object.includes('AUTH_REQUIRED')).length).toBeLessThanOrEqual(2);
});
