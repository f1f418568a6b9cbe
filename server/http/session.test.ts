import { afterAll, expect, test } from 'vitest';
import { createTestApp } from './testing/app.ts';
import { asPerson } from './testing/people.ts';

const http = await createTestApp();
afterAll(() => http.close());

const signIn = (payload: object, more: object = {}) => http.app.inject({ method: 'POST', url: '/api/v1/session', payload, ...more });
const FAR = { remoteAddress: '203.0.113.7' };

test('signing in sets a cookie that scripts and other sites never see', async () => {
  const answer = await signIn({ user: 'admin', password: 'mật khẩu đúng' });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['set-cookie']).toBe('__Host-ioc=admin; Path=/; HttpOnly; Secure; SameSite=Strict');
  expect(answer.json()).toMatchObject({ id: 'us-admin', roles: ['admin'], mustChangePassword: false });
  expect(answer.body).not.toContain('session');
});

test('a wrong password, an unknown field and a missing field are told apart', async () => {
  expect((await signIn({ user: 'admin', password: 'sai' })).json().fault.code).toBe('AUTH_REFUSED');
  expect((await signIn({ user: 'admin', password: 'x', role: 'admin' })).json().fault).toMatchObject({ code: 'REQUEST_BODY', pointer: '/role' });
  expect((await signIn({ user: 'admin' })).json().fault).toMatchObject({ code: 'REQUEST_BODY', pointer: '/password' });
});

test('a password never crosses a network in the clear', async () => {
  expect((await signIn({ user: 'admin', password: 'mật khẩu đúng' }, FAR)).json().fault.code).toBe('AUTH_NEEDS_TLS');
});

test('who I am, and signing out', async () => {
  expect((await http.app.inject('/api/v1/session')).json().fault.code).toBe('AUTH_REQUIRED');
  expect((await http.app.inject({ url: '/api/v1/session', headers: asPerson('leader') })).json()).toMatchObject({ id: 'us-leader', units: null });
  const out = await http.app.inject({ method: 'DELETE', url: '/api/v1/session', headers: asPerson('leader') });
  expect([out.statusCode, String(out.headers['set-cookie'])]).toEqual([200, expect.stringContaining('__Host-ioc=; ')]);
});

test('a temporary password opens nothing but its own change', async () => {
  const headers = asPerson('fresh-admin');
  expect((await http.app.inject({ url: '/api/v1/alerts', headers })).json().fault.code).toBe('AUTH_PASSWORD_CHANGE');
  expect((await http.app.inject({ url: '/api/v1/session', headers })).json().mustChangePassword).toBe(true);
  const change = (payload: object) => http.app.inject({ method: 'POST', url: '/api/v1/session/password', headers, payload });
  expect((await change({ old: 'mật khẩu đúng', new: 'ngắn' })).json().fault.code).toBe('AUTH_PASSWORD_WEAK');
  const changed = await change({ old: 'mật khẩu đúng', new: 'một câu đủ dài và khó' });
  expect([changed.statusCode, String(changed.headers['set-cookie'])]).toEqual([200, expect.stringContaining('__Host-ioc=')]);
});

test('the one-time link leads to the desk, from this machine only', async () => {
  const here = await http.app.inject('/enter/link-token');
  expect([here.statusCode, here.headers.location, String(here.headers['set-cookie'])]).toEqual([303, '/desk', expect.stringContaining('__Host-ioc=operator')]);
  expect((await http.app.inject({ url: '/enter/link-token', ...FAR })).json().fault.code).toBe('AUTH_LINK');
  expect((await http.app.inject({ url: '/enter/link-token', headers: { 'x-forwarded-for': '203.0.113.7' } })).json().fault.code).toBe('AUTH_LINK');
  expect((await http.app.inject('/enter/another-token')).json().fault.code).toBe('AUTH_LINK');
  expect((await http.app.inject({ url: '/enter/link-token', remoteAddress: '::ffff:127.0.0.1' })).statusCode).toBe(303);
});

test('an output is paired by the code it shows', async () => {
  const post = (url: string, payload: object, headers: Record<string, string> = {}) => http.app.inject({ method: 'POST', url, payload, headers });
  const { code, secret } = (await post('/api/v1/pairing', { wall: 'w2x2' })).json();
  expect((await post('/api/v1/pairing/finish', { secret: 'x'.repeat(32) })).json()).toEqual({ isPaired: false });
  expect((await post('/api/v1/pairing/approve', { code, wall: 'w2x2' }, asPerson('operator'))).json().fault.code).toBe('AUTH_FORBIDDEN');
  expect((await post('/api/v1/pairing/approve', { code, wall: 'w9x9' }, asPerson('admin'))).json().fault.code).toBe('WALL_UNKNOWN');
  expect((await post('/api/v1/pairing/approve', { code: 'abcd-2345', wall: 'w2x2' }, asPerson('admin'))).statusCode).toBe(200);
  const paired = await post('/api/v1/pairing/finish', { secret });
  expect(paired.json()).toMatchObject({ isPaired: true, wall: 'w2x2' });
  expect(String(paired.headers['set-cookie'])).toContain('Max-Age=');
});

test('a paired wall on an allowed network without TLS reads by its own cookie; nobody else can', async () => {
  const open = await createTestApp((deps) => ({ ...deps, config: { ...deps.config, host: '0.0.0.0', allowHttp: true } }));
  const read = (cookie: string) => open.app.inject({ url: '/api/v1/alerts', headers: { cookie }, ...FAR });
  expect((await read('ioc-wall=wall-device')).statusCode).toBe(200);
  expect((await read('ioc-wall=operator')).statusCode).toBe(401);
  expect((await http.app.inject({ url: '/api/v1/alerts', headers: { cookie: 'ioc-wall=wall-device' } })).statusCode).toBe(401);
  await open.close();
});

test('names of the language are no sessions', async () => {
  for (const token of ['__proto__', 'constructor', 'toString']) expect((await http.app.inject({ url: '/api/v1/alerts', headers: asPerson(token) })).statusCode).toBe(401);
});

test('a person sees where they are signed in and may end one of these; nobody else may', async () => {
  expect((await http.app.inject('/api/v1/session/mine')).json().fault.code).toBe('AUTH_REQUIRED');
  const headers = asPerson('operator');
  const [mine] = (await http.app.inject({ url: '/api/v1/session/mine', headers })).json().items;
  expect(mine).toMatchObject({ id: 'abcdef012345', isThis: true });
  const end = (id: string) => http.app.inject({ method: 'DELETE', url: `/api/v1/session/mine/${id}`, headers });
  expect([(await end(mine.id)).statusCode, (await end('fedcba543210')).json().fault.code]).toEqual([200, 'NOT_FOUND']);
});
