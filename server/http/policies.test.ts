import { afterAll, expect, test } from 'vitest';
import type { Policy } from '#contract/roles.ts';
import { createTestApp } from './testing/app.ts';
import { asKey, asPerson, PEOPLE } from './testing/people.ts';

const http = await createTestApp();
afterAll(() => http.close());

/** Written out by hand so that a change of the rules is seen here. */
const MAY: Record<Exclude<Policy, 'public'>, string[]> = {
  wall: ['leader', 'operator', 'camera-team', 'unit-officer', 'report-editor', 'admin', 'auditor', 'guest', 'ward-officer', 'wall-device'],
  staff: ['leader', 'operator', 'camera-team', 'unit-officer', 'report-editor', 'admin', 'auditor', 'guest', 'ward-officer'],
  operate: ['operator', 'admin'],
  'unit-work': ['unit-officer', 'operator', 'admin', 'ward-officer'],
  'camera-register': ['camera-team', 'admin'],
  lead: ['leader', 'admin'],
  administer: ['admin'],
  audit: ['auditor', 'admin'],
  ingest: ['key'],
};
const PARTIES = ['nobody', 'key', ...Object.keys(PEOPLE)];
const REFUSALS = new Set(['AUTH_REQUIRED', 'AUTH_FORBIDDEN', 'AUTH_PASSWORD_CHANGE', 'AUTH_KEY']);
const headersOf = (party: string): Record<string, string> => (party === 'nobody' ? {} : party === 'key' ? asKey() : asPerson(party));
const addressOf = (url: string) => url.replace('/:z/:x/:y', '/3/1/1').replaceAll(/:[a-z]+/g, 'x').replace('*', 'app-1a2b3c.js');

test('every route × every party: exactly those pass who may', async () => {
  const rows = http.describePolicies().filter(({ method, policy }) => policy !== 'public' && method !== 'HEAD');
  expect(rows.length).toBeGreaterThan(80);
  for (const { method, url, policy, accepts } of rows) {
    for (const party of PARTIES) {
      const media = accepts[0];
      const answer = await http.app.inject({
        method: method as 'GET',
        url: addressOf(url),
        headers: { ...headersOf(party), ...(media ? { 'content-type': media } : {}) },
        ...(media ? { payload: '[]' } : {}),
      });
      const code = (answer.headers['content-type'] ?? '').toString().includes('json') ? (answer.json().fault?.code ?? '') : '';
      expect(REFUSALS.has(code), `${method} ${url} as ${party}: ${answer.statusCode} ${code}`).toBe(!MAY[policy as keyof typeof MAY].includes(party));
      expect(answer.statusCode, `${method} ${url} as ${party}`).toBeLessThan(500);
    }
  }
});

test('what is open to everyone is this and no more', () => {
  const open = http.describePolicies().filter(({ method, policy }) => policy === 'public' && method !== 'HEAD').map(({ method, url }) => `${method} ${url}`);
  expect(open.filter((row) => row.includes('/api/')).sort()).toEqual([
    'DELETE /api/v1/session',
    'GET /api/docs',
    'GET /api/docs/docs.css',
    'GET /api/v1/layout-schemas/:kind',
    'GET /api/v1/openapi.json',
    'GET /api/v1/report/follow/:code',
    'GET /api/v1/report/place',
    'GET /api/v1/report/results',
    'GET /api/v1/report/services',
    'GET /api/v1/session',
    'GET /api/v1/session/service',
    'GET /api/v1/session/service/back',
    'GET /api/v1/session/service/start',
    'POST /api/v1/pairing',
    'POST /api/v1/pairing/finish',
    'POST /api/v1/report',
    'POST /api/v1/report/piece',
    'POST /api/v1/report/rating',
    'POST /api/v1/report/reopening',
    'POST /api/v1/session',
    'POST /api/v1/session/code',
    'POST /api/v1/session/code/confirm',
    'POST /api/v1/session/password',
  ]);
  expect(open.filter((row) => row.startsWith('POST') && !row.includes('/api/'))).toEqual(['POST /open311/v2/requests.json', 'POST /open311/v2/requests.xml']);
});

test('a unit sees what lies in it, and a camera elsewhere does not exist for it', async () => {
  const headers = asPerson('ward-officer');
  const list = (await http.app.inject({ url: '/api/v1/cameras', headers })).json();
  expect(list.items.map(({ id }: { id: string }) => id)).toEqual(['cam-1']);
  expect((await http.app.inject({ url: '/api/v1/cameras/cam-2', headers })).statusCode).toBe(404);
  expect((await http.app.inject({ url: '/media/cam-2/index.m3u8', headers }))).toMatchObject({ statusCode: 404, headers: { 'x-camera-state': 'refused' } });
  expect((await http.app.inject({ url: '/media/cam-1/index.m3u8', headers })).statusCode).toBe(200);
});

test.each([
  [{}, 200],
  [{ origin: 'http://ioc.local' }, 200],
  [{ origin: 'http://ioc.local', 'sec-fetch-site': 'same-origin' }, 200],
  [{ 'sec-fetch-site': 'same-origin' }, 200],
  [{ 'sec-fetch-site': 'none' }, 403],
  [{ 'sec-fetch-site': 'same-site' }, 403],
  [{ 'sec-fetch-site': 'cross-site', origin: 'http://ioc.local' }, 403],
  [{ origin: 'http://evil.example' }, 403],
  [{ origin: 'null' }, 403],
  [{ origin: 'http://ioc.local.evil.example' }, 403],
  [{ origin: 'http://ioc.local:81' }, 403],
])('an unsafe request with %j is %i, on this machine too', async (headers, status) => {
  const answer = await http.app.inject({ method: 'POST', url: '/api/v1/commands/wall.take', payload: { wall: 'w2x2' }, headers: { host: 'ioc.local', ...asPerson('operator'), ...headers } });
  expect([answer.statusCode, answer.json().fault?.code]).toEqual([status, status === 403 ? 'AUTH_ORIGIN' : undefined]);
});
