import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp } from './testing/app.ts';
import { asPerson } from './testing/people.ts';

const held = {} as { served: TestApp };
beforeAll(async () => void (held.served = await createTestApp()));
afterAll(() => held.served.close());

const get = (url: string, person: string) => held.served.app.inject({ url, headers: asPerson(person) });
const post = (url: string, person: string, payload: object) => held.served.app.inject({ method: 'POST', url, headers: asPerson(person), payload });

test('an auditor reads the audit log page by page, one line by its number, and checks the chain', async () => {
  const page = await get('/api/v1/audit?limit=1', 'auditor');
  expect(page.json()).toMatchObject({ items: [{ n: 1, action: 'alert.acknowledge' }], next: '1' });
  expect((await get('/api/v1/audit?limit=1&cursor=1', 'auditor')).json()).toEqual({ items: [], next: null });
  expect((await get('/api/v1/audit/1', 'auditor')).json()).toMatchObject({ object: 'al-1' });
  expect((await get('/api/v1/audit/2', 'auditor')).statusCode).toBe(404);
  expect((await get('/api/v1/audit/verify', 'auditor')).json()).toEqual({ ok: true, lines: 1 });
});

test('an operator reads no audit and ends no key', async () => {
  expect((await get('/api/v1/audit', 'operator')).statusCode).toBe(403);
  expect((await get('/api/v1/keys', 'operator')).statusCode).toBe(403);
  expect((await post('/api/v1/keys/x/revoke', 'operator', {})).statusCode).toBe(403);
});

test('grants go to a known account and name at least one role', async () => {
  const grants = { roles: ['operator'], units: ['20242'] };
  expect((await post('/api/v1/users/us-1/grants', 'admin', grants)).statusCode).toBe(200);
  expect((await post('/api/v1/users/us-9/grants', 'admin', grants)).json()).toMatchObject({ fault: { code: 'NOT_FOUND' } });
  expect((await post('/api/v1/users/us-1/grants', 'admin', { roles: [], units: null })).json()).toMatchObject({ fault: { code: 'REQUEST_BODY', pointer: '/roles' } });
});
