import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp } from './testing/app.ts';
import { asPerson } from './testing/people.ts';
import { fakeSecurity } from './testing/security.ts';

const AT = '/api/v1/security/purges';
const held = {} as { served: TestApp };
beforeAll(async () => void (held.served = await createTestApp()));
afterAll(() => held.served.close());

const get = (url: string, person = 'admin') => held.served.app.inject({ url, headers: asPerson(person) });
const post = (payload: object, person = 'admin') => held.served.app.inject({ method: 'POST', url: AT, headers: asPerson(person), payload });

test('an administrator sees what is due, says why, and gets a proof that is a paper too', async () => {
  expect((await get(`${AT}/preview`)).json()).toEqual({ items: [{ what: 'sessions', before: 1, rows: 3 }] });
  expect((await post({ reason: ' Hết hạn lưu giữ ' })).json()).toMatchObject({ items: [{ id: 'pg-1', reason: 'Hết hạn lưu giữ', byName: 'Quản trị' }] });
  expect((await get(AT)).json()).toMatchObject({ items: [{ id: 'pg-1', rows: 3 }] });
  const paper = await get(`${AT}/pg-1/receipt.pdf`);
  expect([paper.statusCode, paper.headers['content-type'], paper.headers['content-disposition']]).toEqual([200, 'application/pdf', 'attachment; filename="pg-1.pdf"']);
});

test('nothing goes without a reason, and a proof that is not there is not found', async () => {
  expect((await post({})).json()).toMatchObject({ fault: { code: 'REQUEST_BODY' } });
  expect((await post({ reason: '   ' })).json()).toMatchObject({ fault: { code: 'STATE_REASON', pointer: '/reason' } });
  expect((await get(`${AT}/pg-9/receipt.pdf`)).statusCode).toBe(404);
});

test('nobody else previews, removes or takes a proof', async () => {
  for (const person of ['operator', 'auditor', 'leader']) {
    expect((await get(`${AT}/preview`, person)).statusCode, person).toBe(403);
    expect((await get(`${AT}/pg-1/receipt.pdf`, person)).statusCode, person).toBe(403);
    expect((await post({ reason: 'x' }, person)).statusCode, person).toBe(403);
  }
});

test('a store that does not answer removes nothing and says so', async () => {
  const served = await createTestApp((deps) => ({ ...deps, security: { ...fakeSecurity, purge: async () => { throw new Error('the store is away'); } } }));
  const answer = await served.app.inject({ method: 'POST', url: AT, headers: asPerson('admin'), payload: { reason: 'Hết hạn' } });
  expect(answer.statusCode).toBeGreaterThanOrEqual(500);
  expect(answer.body).not.toContain('the store is away');
  await served.close();
});
