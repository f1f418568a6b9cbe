import { afterAll, beforeEach, expect, test } from 'vitest';
import { createTestApp } from './testing/app.ts';
import { asPerson } from './testing/people.ts';

const http = await createTestApp();
afterAll(() => http.close());
beforeEach(() => void http.turnedAway.splice(0));

const told = () => http.turnedAway.map(({ actor, isKnown, door, code }) => ({ actor, isKnown, door, code }));

test('want of rights, of an account and of an object is told with who and where', async () => {
  await http.app.inject({ url: '/api/v1/users?q=bi-mat', headers: asPerson('operator') });
  await http.app.inject({ url: '/api/v1/alerts', remoteAddress: '203.0.113.7' });
  await http.app.inject({ url: '/api/v1/cameras/cam-khac', headers: asPerson('operator') });
  await http.app.inject({ method: 'POST', url: '/api/v1/ingest/alert', headers: { authorization: 'Bearer ioc_x_sai' }, payload: {} });
  expect(told()).toEqual([
    { actor: 'us-operator', isKnown: true, door: 'GET /api/v1/users', code: 'AUTH_FORBIDDEN' },
    { actor: 'address-203.0.113.7', isKnown: false, door: 'GET /api/v1/alerts', code: 'AUTH_REQUIRED' },
    { actor: 'us-operator', isKnown: true, door: 'GET /api/v1/cameras/cam-khac', code: 'NOT_FOUND' },
    { actor: 'address-127.0.0.1', isKnown: false, door: 'POST /api/v1/ingest/:topic', code: 'AUTH_KEY' },
  ]);
});

test('a stranger\'s path is not kept, for it may hold a secret', async () => {
  await http.app.inject('/enter/another-token');
  expect(told()).toEqual([{ actor: 'address-127.0.0.1', isKnown: false, door: 'GET /enter/:token', code: 'AUTH_LINK' }]);
});

test('what was let in, and what every page asks first, is not told', async () => {
  await http.app.inject('/api/v1/session');
  await http.app.inject('/no-such-page');
  await http.app.inject({ url: '/api/v1/cameras', headers: asPerson('operator') });
  expect(told()).toEqual([]);
});
