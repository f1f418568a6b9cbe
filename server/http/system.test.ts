import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApp, type TestApp } from './testing/app.ts';
import { asPerson } from './testing/people.ts';

const held = {} as { served: TestApp };
beforeAll(async () => void (held.served = await createTestApp()));
afterAll(() => held.served.close());

const get = (headers: Record<string, string> = {}) => held.served.app.inject({ url: '/api/v1/system', headers });

test('staff sees the store, the disk, the log and the map data', async () => {
  const answer = await get(asPerson('auditor'));
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({ store: { kind: 'embedded', state: 'ready' }, log: { head: 7 }, disk: { fullAt: null }, map: { origins: [{ hasLicence: false }] }, hasOwnCa: false });
});

test('a wall device and a stranger are refused', async () => {
  expect((await get(asPerson('wall-device'))).statusCode).toBe(403);
  expect((await get()).statusCode).toBe(401);
});
