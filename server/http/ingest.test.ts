import { afterAll, beforeEach, expect, test } from 'vitest';
import { refused } from '#contract/faults.ts';
import { TOPICS } from '#contract/topics.ts';
import { createTestApp } from './testing/app.ts';
import { ALERT_ONLY_KEY, asKey, asPerson } from './testing/people.ts';

const http = await createTestApp();
afterAll(() => http.close());
beforeEach(() => {
  http.taken.length = 0;
  delete http.doorAnswer.fault;
});

const ITEM = { key: 'k1', at: 1, kind: 'flood', level: 2, title: 'Ngập đường' };
const post = (payload: string | Buffer, type = 'application/json', more: { url?: string; headers?: Record<string, string> } = {}) =>
  http.app.inject({ method: 'POST', url: more.url ?? '/api/v1/ingest/alert', payload, headers: { 'content-type': type, ...asKey(), ...more.headers } });

test('an array and lines reach the door as they are, in order', async () => {
  const items = [ITEM, { ...ITEM, key: 'k2' }];
  expect((await post(JSON.stringify(items))).json().results.map(({ key }: { key: string }) => key)).toEqual(['k1', 'k2']);
  const lines = await post(`${items.map((item) => JSON.stringify(item)).join('\n')}\n\n`, 'application/x-ndjson; charset=utf-8');
  expect(lines.statusCode).toBe(200);
  expect(http.taken).toEqual([{ topic: 'alert', items }, { topic: 'alert', items }]);
});

test.each(Object.keys(TOPICS))('topic %s takes its own example', async (topic) => {
  expect((await post(JSON.stringify([TOPICS[topic as keyof typeof TOPICS].example]), 'application/json', { url: `/api/v1/ingest/${topic}` })).statusCode).toBe(200);
});

test('nothing to send is nothing stored', async () => {
  expect((await post('[]')).json()).toEqual({ results: [] });
  expect(http.taken).toEqual([]);
});

const deep = `[${'['.repeat(60)}${']'.repeat(60)}]`;
test.each([
  ['not JSON', '{"key":', 'application/json', 400, 'REQUEST_BODY', ''],
  ['empty', '', 'application/json', 400, 'REQUEST_BODY', ''],
  ['an object', '{"key":"a"}', 'application/json', 400, 'REQUEST_BODY', ''],
  ['null', 'null', 'application/json', 400, 'REQUEST_BODY', ''],
  ['a number inside', '[{"key":"a"},7]', 'application/json', 400, 'REQUEST_BODY', '/1'],
  ['an array inside', '[[]]', 'application/json', 400, 'REQUEST_BODY', '/0'],
  ['no key', '[{"key":"a"},{"at":1}]', 'application/json', 400, 'REQUEST_BODY', '/1/key'],
  ['a number as key', '[{"key":1}]', 'application/json', 400, 'REQUEST_BODY', '/0/key'],
  ['an empty key', '[{"key":""}]', 'application/json', 400, 'REQUEST_BODY', '/0/key'],
  ['a key of 201 letters', JSON.stringify([{ key: 'a'.repeat(201) }]), 'application/json', 400, 'REQUEST_BODY', '/0/key'],
  ['a key with a line break', '[{"key":"a\\nb"}]', 'application/json', 400, 'REQUEST_BODY', '/0/key'],
  ['a key only inherited', '[{"__proto__":{"key":"a"}}]', 'application/json', 400, 'REQUEST_BODY', '/0/key'],
  ['nested without sense', deep, 'application/json', 400, 'REQUEST_BODY', ''],
  ['1,001 items', JSON.stringify(Array.from({ length: 1001 }, (_, i) => ({ key: `k${i}` }))), 'application/json', 413, 'REQUEST_TOO_LARGE', undefined],
  ['a broken line', '{"key":"a"}\n{"key":\n', 'application/x-ndjson', 400, 'REQUEST_BODY', '/1'],
  ['form data', 'key=a', 'application/x-www-form-urlencoded', 415, 'REQUEST_MEDIA_TYPE', undefined],
  ['plain text', '[]', 'text/plain', 415, 'REQUEST_MEDIA_TYPE', undefined],
  ['XML', '<a/>', 'application/xml', 415, 'REQUEST_MEDIA_TYPE', undefined],
] as const)('%s is refused with its code and nothing reaches the door', async (_name, body, type, status, code, pointer) => {
  const answer = await post(body, type);
  expect([answer.statusCode, answer.json().fault.code, answer.json().fault.pointer]).toEqual([status, code, pointer]);
  expect(http.taken).toEqual([]);
});

test('bytes that are not UTF-8, and a compressed body, are refused', async () => {
  expect((await post(Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]))).json().fault.code).toBe('REQUEST_BODY');
  expect((await post('[]', 'application/json', { headers: { 'content-encoding': 'gzip' } })).json().fault.code).toBe('REQUEST_MEDIA_TYPE');
});

test('more than 8 MiB is 413', async () => {
  const answer = await post(JSON.stringify([{ key: 'a', text: 'x'.repeat(8 * 1024 * 1024) }]));
  expect([answer.statusCode, answer.json().fault.code]).toEqual([413, 'REQUEST_TOO_LARGE']);
});

test('who sends is judged before what is sent', async () => {
  const code = async (headers: Record<string, string>, url?: string) => (await post('[{"at":1}]', 'application/json', { headers, ...(url ? { url } : {}) })).json().fault.code;
  expect(await code({ authorization: '' })).toBe('AUTH_KEY');
  expect(await code({ authorization: `Bearer ioc_vendor_${'z'.repeat(40)}` })).toBe('AUTH_KEY');
  expect(await code({ authorization: 'Basic YTpi' })).toBe('AUTH_KEY');
  expect(await code(asKey(ALERT_ONLY_KEY), '/api/v1/ingest/camera')).toBe('INGEST_SCOPE');
  expect(await code({}, '/api/v1/ingest/__proto__')).toBe('INGEST_TOPIC');
  const bare = await http.app.inject({ method: 'POST', url: '/api/v1/ingest/alert', payload: [ITEM] });
  expect([bare.statusCode, bare.json().fault.code]).toEqual([401, 'AUTH_REQUIRED']);
  const person = await http.app.inject({ method: 'POST', url: '/api/v1/ingest/alert', payload: [ITEM], headers: asPerson('admin') });
  expect([person.statusCode, person.json().fault.code]).toEqual([403, 'AUTH_FORBIDDEN']);
});

test.each(['STORE_UNAVAILABLE', 'STORE_FULL'] as const)('when the store says %s the sender is told when to come back', async (code) => {
  http.doorAnswer.fault = refused(code);
  const answer = await post(JSON.stringify([ITEM]));
  expect([answer.statusCode, answer.json().fault.code, answer.headers['retry-after']]).toEqual([code === 'STORE_FULL' ? 507 : 503, code, '2']);
});

test('one key that knocks too often waits; another does not', async () => {
  const slow = await createTestApp((deps) => ({ ...deps, config: { ...deps.config, ingestPerMinute: 3 } }));
  const send = (key?: string) => slow.app.inject({ method: 'POST', url: '/api/v1/ingest/alert', payload: [ITEM], headers: asKey(key) });
  const statuses = [await send(), await send(), await send(), await send(), await send(ALERT_ONLY_KEY)];
  expect(statuses.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 429, 200]);
  expect(statuses[3]!.json().fault.code).toBe('RATE_LIMITED');
  expect(Number(statuses[3]!.headers['retry-after'])).toBeGreaterThan(0);
  expect(slow.taken).toHaveLength(4);
  await slow.close();
});
