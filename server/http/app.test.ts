import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { createHttpApp } from './app.ts';
import { createTestApp } from './testing/app.ts';
import { asKey, asPerson } from './testing/people.ts';

const http = await createTestApp();
afterAll(() => http.close());

test('health is open and says ok', async () => {
  const answer = await http.app.inject('/healthz');
  expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'ok' }]);
});

test('every answer carries the headers of the border, refusals included', async () => {
  for (const url of ['/healthz', '/nothing-here', '/api/v1/alerts', '/desk', '/%zz']) {
    const { headers } = await http.app.inject(url);
    expect(headers['content-security-policy'], url).toBe(
      "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; media-src 'self' blob:; font-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; frame-src 'self'",
    );
    expect(headers, url).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cross-origin-opener-policy': 'same-origin' });
    expect(headers['x-request-id'], url).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers['access-control-allow-origin'], url).toBeUndefined();
  }
});

test('an unknown address is 404, a wrong method 405 with what is allowed', async () => {
  expect((await http.app.inject('/api/v1/nothing')).json().fault.code).toBe('NOT_FOUND');
  const wrong = await http.app.inject({ method: 'PATCH', url: '/api/v1/session' });
  expect([wrong.statusCode, wrong.json().fault.code]).toEqual([405, 'REQUEST_METHOD']);
  expect(wrong.headers.allow).toContain('POST');
});

test('what breaks inside says a code and a request id, nothing else', async () => {
  const broken = await createTestApp((deps) => ({
    ...deps,
    readiness: () => {
      throw new Error('password=secret');
    },
  }));
  const answer = await broken.app.inject('/readyz');
  expect(answer.statusCode).toBe(500);
  expect(Object.keys(answer.json().fault).sort()).toEqual(['code', 'message', 'requestId']);
  expect(answer.body).not.toContain('secret');
  await broken.close();
});

test('a store that does not answer is 503 with the time to wait, on every route', async () => {
  const away = await createTestApp((deps) => ({ ...deps, accounts: { ...deps.accounts, principalOf: () => Promise.reject(Object.assign(new Error('gone'), { name: 'StoreUnavailable' })) } }));
  const answer = await away.app.inject({ url: '/api/v1/alerts', headers: asPerson('operator') });
  expect([answer.statusCode, answer.json().fault.code, answer.headers['retry-after']]).toEqual([503, 'STORE_UNAVAILABLE', '2']);
  await away.close();
});

test('a route without a policy stops the boot', async () => {
  const { app, close } = createHttpApp(http.deps);
  app.register(async (inner) => {
    inner.get('/api/v1/forgotten', async () => 'open');
  });
  await expect(app.ready()).rejects.toThrow('declares no policy');
  await close();
});

test('a network address without TLS is refused unless it is allowed', async () => {
  const open = { ...http.deps, config: { ...http.deps.config, host: '0.0.0.0' } };
  expect(() => createHttpApp(open)).toThrow('needs TLS');
  const allowed = createHttpApp({ ...open, config: { ...open.config, allowHttp: true } });
  await allowed.app.ready();
  await allowed.close();
});

test('while it stops, a request on its way is told to come back', async () => {
  const stopping = await createTestApp();
  const { port } = new URL(await stopping.app.listen({ port: 0, host: '127.0.0.1' }));
  const half = createConnection(Number(port), '127.0.0.1');
  const answered = new Promise<string>((resolve) => half.once('data', (bytes) => resolve(bytes.toString())));
  const isConnected = once(stopping.app.server, 'connection');
  half.write('GET /healthz HTTP/1.1\r\nhost: x\r\n');
  const [served] = (await isConnected) as [Socket];
  while (served.bytesRead === 0) await setImmediate();
  const closed = stopping.close();
  half.write('\r\n');
  expect(await answered).toContain('"code":"SERVER_STOPPING"');
  await closed;
});

test('metrics are for this machine or an administrator', async () => {
  expect((await http.app.inject('/metrics')).body).toContain('ioc_http_requests_total{');
  const far = { remoteAddress: '203.0.113.7' };
  expect((await http.app.inject({ url: '/metrics', ...far })).statusCode).toBe(401);
  expect((await http.app.inject({ url: '/metrics', ...far, headers: asPerson('admin') })).statusCode).toBe(200);
  expect((await http.app.inject({ url: '/metrics', headers: { 'x-forwarded-for': '203.0.113.7' } })).statusCode).toBe(401);
});

test('the language of a refusal follows the request', async () => {
  const english = await http.app.inject({ url: '/api/v1/alerts', headers: { 'accept-language': 'en-GB,en' } });
  expect(english.json().fault.message).toBe('Sign in first.');
  expect((await http.app.inject('/api/v1/alerts')).json().fault.message).toBe('Cần đăng nhập.');
});

test('a key reads nothing but sends', async () => {
  expect((await http.app.inject({ url: '/api/v1/alerts', headers: asKey() })).statusCode).toBe(403);
});
